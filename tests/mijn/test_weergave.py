"""Hoe waarden op het scherm staan."""

import pytest
from django.utils import translation

from portal.mijn.weergave import land, landen, telefoonnummer


@pytest.mark.parametrize(
    ("e164", "getoond"),
    [
        ("+31612345678", "06 12 34 56 78"),
        ("+31201234567", "020 123 4567"),
        ("+31223612345", "0223 612 345"),
        ("+31800123456", "0800 123456"),
        ("+32470123456", "+32 470 12 34 56"),
        ("+4915112345678", "+49 1511 2345678"),
    ],
)
def test_een_telefoonnummer_staat_er_zoals_mensen_het_zeggen(e164, getoond):
    assert telefoonnummer(e164) == getoond.replace(" ", "\xa0")


@pytest.mark.parametrize(("taal", "namen"), [("nl", "België Duitsland"), ("en", "Belgium Germany")])
def test_een_land_heet_zoals_in_de_taal_van_de_bladzijde(taal, namen):
    with translation.override(taal):
        assert " ".join(map(land, ("BE", "DE"))) == namen
        assert land("QQ") == "QQ"


def test_landen_staan_op_naam_zonder_te_struikelen_over_accenten():
    with translation.override("nl"):
        namen = [naam for _, naam in landen()]
    assert namen.index("Oeganda") < namen.index("Oostenrijk") < namen.index("Panama")
    assert namen.index("Afghanistan") < namen.index("Ålandseilanden") < namen.index("Albanië")
    assert "Kosovo" in namen
    assert "Nederland" not in namen
