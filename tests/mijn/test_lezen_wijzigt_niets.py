"""Wie alleen kijkt, verandert niets: een link van een ander kan dus ook niets (ASVS 3.5.3)."""

import copy

import pytest
from django.db import transaction

from tests.mijn.conftest import NOOR, Mens
from tests.mijn.matrix import RIJEN
from tests.mijn.test_matrix import adres_van, wereld  # noqa: F401 - the fixture
from tests.mijn.test_meer_velden import stand

pytestmark = [pytest.mark.django_db, pytest.mark.lang, pytest.mark.timeout(300)]
MAG = {
    "accounts_teller",  # how often somebody tried
    "accounts_sessie",  # how long ago somebody was here, and that something is said once
    "logboek_logregel",  # who looked, which is what this log is for
    "logboek_kop",
    "logboek_pseudoniem",
}


def blijvend():
    return {cel: waarden for cel, waarden in stand().items() if cel[0] not in MAG}


OPGEHAALD = ("mijn_download", "opgehaald_op")
"""The receipt of a file: it was fetched."""
VRAGEN = [("GET", {}), ("GET", {"HX-Request": "true"}), ("HEAD", {}), ("OPTIONS", {})]


def test_kijken_laat_de_databank_zoals_zij_was(wereld):  # noqa: F811
    noor = Mens().log_in(NOOR)
    begin = blijvend()
    anders = {}
    for naam in RIJEN:
        adres, koekjes = adres_van(naam, wereld), copy.deepcopy(noor.cookies)
        with transaction.atomic():
            for methode, koppen in VRAGEN:
                noor.generic(methode, adres, headers=koppen)
                noor.cookies = copy.deepcopy(koekjes)
            na = blijvend()
            transaction.set_rollback(True)
        na.update({cel: w for cel, w in begin.items() if cel[::2] == OPGEHAALD})
        geraakt = {cel for cel in na.keys() | begin.keys() if na.get(cel) != begin.get(cel)}
        if geraakt:
            anders[naam] = sorted({f"{tabel}.{kolom}" for tabel, _rij, kolom in geraakt})

    assert not anders
