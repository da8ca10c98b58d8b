"""Wat verzegeld is, gaat alleen open met de sleutel, voor hetzelfde doel, op dezelfde plaats."""

import base64

import pytest
from django.core.exceptions import FieldError
from django.db import models
from django.test.utils import isolate_apps

from accounts.zegel import (
    OngeldigeSleutelbos,
    Onleesbaar,
    VerzegeldVeld,
    ontzegel,
    sleutel_van,
    sleutelbos,
    verzegel,
)

pytestmark = pytest.mark.login


def bos(*sleutels):
    return ",".join(f"{kid}:{base64.b64encode(kid.encode() * 16).decode()}" for kid in sleutels)


def test_wat_verzegeld_is_gaat_weer_open():
    assert ontzegel(verzegel("Noor ö 🌊", "naam"), "naam") == "Noor ö 🌊"


def test_een_lege_waarde_gaat_ook_weer_open():
    assert ontzegel(verzegel("", "naam"), "naam") == ""


def test_dezelfde_waarde_is_twee_keer_verzegeld_niet_gelijk():
    assert verzegel("999990019", "bsn") != verzegel("999990019", "bsn")


def test_de_waarde_staat_nergens_leesbaar_in_het_zegel():
    zegel = verzegel("999990019", "bsn")
    assert "999990019" not in zegel
    assert b"999990019" not in base64.b64decode(zegel.partition("$")[2])


def test_een_ander_doel_opent_niet():
    with pytest.raises(Onleesbaar):
        ontzegel(verzegel("999990019", "bsn"), "naam")


def test_een_andere_plaats_opent_niet():
    zegel = verzegel("999990019", "sessie", hoort_bij="rij 1")
    assert ontzegel(zegel, "sessie", hoort_bij="rij 1") == "999990019"
    with pytest.raises(Onleesbaar):
        ontzegel(zegel, "sessie", hoort_bij="rij 2")


@pytest.mark.parametrize("kapot", ["", "proef1", "proef1$", "proef1$%%%", "x$QUJD", "proef1$QUJD"])
def test_wat_geen_zegel_is_geeft_een_nette_fout(kapot):
    with pytest.raises(Onleesbaar):
        ontzegel(kapot, "bsn")


def test_een_veranderd_zegel_opent_niet():
    kid, _, rest = verzegel("999990019", "bsn").partition("$")
    ruw = bytearray(base64.b64decode(rest))
    ruw[-1] ^= 1
    with pytest.raises(Onleesbaar):
        ontzegel(f"{kid}${base64.b64encode(ruw).decode()}", "bsn")


def test_de_fout_noemt_de_waarde_niet():
    with pytest.raises(Onleesbaar) as fout:
        ontzegel("weg$OTk5OTkwMDE5", "bsn")
    assert "OTk5" not in str(fout.value)


def test_de_eerste_sleutel_verzegelt_en_alle_openen(settings):
    settings.PORTAAL_GEGEVENSSLEUTELS = bos("g1")
    oud = verzegel("999990019", "bsn")
    settings.PORTAAL_GEGEVENSSLEUTELS = bos("g2", "g1")
    nieuw = verzegel("999990019", "bsn")
    assert (sleutel_van(oud), sleutel_van(nieuw)) == ("g1", "g2")
    assert ontzegel(oud, "bsn") == ontzegel(nieuw, "bsn") == "999990019"


def test_zonder_de_oude_sleutel_blijft_het_dicht(settings):
    settings.PORTAAL_GEGEVENSSLEUTELS = bos("g1")
    oud = verzegel("999990019", "bsn")
    settings.PORTAAL_GEGEVENSSLEUTELS = bos("g2")
    with pytest.raises(Onleesbaar):
        ontzegel(oud, "bsn")


@pytest.mark.parametrize(
    "tekst",
    ["", " , ", "g1", "g1:", "g1:geen base64", "g1:QUJD", ":" + "QUJD" * 11, bos("g1", "g1")],
)
def test_een_verkeerde_sleutelbos_wordt_geweigerd(tekst):
    with pytest.raises(OngeldigeSleutelbos):
        sleutelbos(tekst)


@isolate_apps("tests.accounts")
def test_op_een_verzegeld_veld_is_niet_te_zoeken():
    class Rij(models.Model):
        bsn = VerzegeldVeld(doel="bsn", null=True)

        class Meta:
            app_label = "tests"

        def __str__(self):
            return "rij"

    with pytest.raises(FieldError):
        Rij.objects.filter(bsn="999990019")
    assert Rij.objects.filter(bsn__isnull=True).query


def test_een_verzegeld_veld_is_dicht_in_de_databank_en_open_in_python():
    veld = VerzegeldVeld(doel="bsn")
    dicht = veld.get_prep_value("999990019")
    assert ontzegel(dicht, "bsn") == veld.from_db_value(dicht, None, None) == "999990019"
    assert veld.get_prep_value(None) is None
    assert veld.from_db_value(None, None, None) is None
    assert veld.clone().doel == "bsn"
