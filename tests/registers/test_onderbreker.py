"""A neighbour that keeps failing gets a rest, and then one try."""

import pytest

from portal.registers.onderbreker import DREMPEL, RUST_SECONDEN, Onderbreker


class Klok:
    nu = 0.0

    def __call__(self) -> float:
        return self.nu


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def kapot(klok) -> Onderbreker:
    kring = Onderbreker(klok=klok)
    for _ in range(DREMPEL):
        assert kring.begin() == ""
        kring.eindig(goed=False)
    return kring


def test_na_drie_fouten_wordt_er_niet_meer_gevraagd(kapot):
    assert kapot.begin() == "onderbroken"
    assert kapot.is_open


def test_na_de_rust_mag_er_een_proberen(kapot, klok):
    klok.nu += RUST_SECONDEN
    assert kapot.begin() == ""
    assert kapot.begin() == "onderbroken"


def test_een_geslaagde_poging_sluit_de_kring(kapot, klok):
    klok.nu += RUST_SECONDEN
    kapot.begin()
    kapot.eindig(goed=True)
    assert [kapot.begin(), kapot.begin()] == ["", ""]


def test_een_mislukte_poging_geeft_weer_rust(kapot, klok):
    klok.nu += RUST_SECONDEN
    kapot.begin()
    kapot.eindig(goed=False)
    assert kapot.begin() == "onderbroken"


def test_een_goed_antwoord_wist_eerdere_fouten(klok):
    kring = Onderbreker(klok=klok)
    for goed in (False, False, True, False, False):
        assert kring.begin() == ""
        kring.eindig(goed=goed)
    assert not kring.is_open


def test_er_zijn_nooit_meer_vragen_tegelijk_dan_plaatsen(klok):
    kring = Onderbreker(klok=klok, plaatsen=2)
    assert [kring.begin(), kring.begin(), kring.begin()] == ["", "", "druk"]
