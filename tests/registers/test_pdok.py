"""Street and town by postcode and number: help while typing, never a condition."""

import pytest

from portal.registers import basisgegevens, pdok
from tests.nep_pdok import NepPdok
from tests.registers.conftest import zet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("postcode", ["1234AB", "1234 ab", " 1234ab "])
def test_postcode_en_huisnummer_geven_straat_en_plaats(koppel, postcode):
    koppel(NepPdok())
    (adres,) = pdok.adressen(postcode, "1")
    assert (adres.straat, adres.plaats, adres.postcode) == ("Dorpsstraat", "Waterveen", "1234AB")
    assert len(adres.nummeraanduiding) == 16


def test_letters_en_toevoegingen_staan_apart(koppel):
    koppel(NepPdok())
    gevonden = [(a.huisletter, a.toevoeging) for a in pdok.adressen("1234CD", "12")]
    assert gevonden == [("", ""), ("A", ""), ("A", "2")]


@pytest.mark.parametrize(
    ("postcode", "huisnummer"),
    [
        ("1234AB OR *:*", "1"),
        ("1234AB", "1 OR 1:1"),
        ("0234AB", "1"),
        ("1234AB", "0"),
        ("", ""),
        ("\u0661\u0662\u0663\u0664AB", "1"),
        ("1234AB", "999999"),
    ],
)
def test_wat_geen_postcode_of_nummer_is_bereikt_pdok_niet(koppel, postcode, huisnummer):
    nep = koppel(NepPdok())
    assert pdok.adressen(postcode, huisnummer) == ()
    assert nep.verzoeken == []


def test_een_adres_dat_niet_bestaat_geeft_niets(koppel):
    koppel(NepPdok())
    assert basisgegevens.adressen("9999ZZ", "1").beeld is basisgegevens.Beeld.NIETS


def test_zonder_pdok_gaat_alles_door(settings):
    settings.BUREN = {}
    assert basisgegevens.adressen("1234AB", "1").beeld is basisgegevens.Beeld.UIT
    zet(settings, "pdok", "http://127.0.0.1:9")
    assert basisgegevens.adressen("1234AB", "1").nu_niet
