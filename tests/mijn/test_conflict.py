"""Twee tabbladen: niets wordt stil overschreven, de mens kiest."""

import pytest

from portal.klanten.models import Klant
from tests.htmx import HTMX
from tests.mijn.conftest import tekst, velden_van

NAAM = "/mijn-gegevens/naam/"


@pytest.fixture
def botsing(noor, klant_van_noor):
    """Noor opende het formulier, en wijzigde haar naam daarna in een ander tabblad."""
    eerste_tab = velden_van(noor.get(NAAM))
    noor.get(noor.verstuur(NAAM, waarde="Noortje").url)
    return lambda **koppen: noor.post(NAAM, eerste_tab | {"waarde": "Eleonora"}, headers=koppen)


@pytest.mark.parametrize("koppen", [{}, HTMX], ids=["zonder-js", "htmx"])
def test_beide_waarden_staan_er_en_geen_is_voorgekozen(botsing, koppen):
    antwoord = botsing(**koppen)
    assert antwoord.status_code == 409
    assert "Noortje" in tekst(antwoord)
    assert "Eleonora" in tekst(antwoord)
    assert "door uzelf, in een ander scherm" in tekst(antwoord)
    assert "checked" not in antwoord.content.decode()


@pytest.mark.parametrize(("welke", "naam"), [("nu", "Noortje"), ("mijn", "Eleonora")])
def test_wat_de_mens_kiest_blijft_staan(noor, botsing, welke, naam):
    noor.post(NAAM, velden_van(botsing()) | {"welke": welke})
    assert Klant.objects.get().naam.waarde == naam


def test_zonder_keuze_komt_de_vraag_terug(noor, botsing):
    antwoord = noor.post(NAAM, velden_van(botsing()))
    assert antwoord.status_code == 409
    assert "Kies welke waarde klopt." in tekst(antwoord)
    assert Klant.objects.get().naam.waarde == "Noortje"


def test_een_tweede_botsing_vraagt_het_opnieuw(noor, botsing):
    keuze = velden_van(botsing()) | {"welke": "mijn"}
    noor.get(noor.verstuur(NAAM, waarde="Nora").url)
    antwoord = noor.post(NAAM, keuze)
    assert antwoord.status_code == 409
    assert "Nora" in tekst(antwoord)


def test_wie_hetzelfde_typte_is_klaar(noor, klant_van_noor):
    eerste_tab = velden_van(noor.get(NAAM))
    noor.get(noor.verstuur(NAAM, waarde="Noortje").url)
    antwoord = noor.post(NAAM, eerste_tab | {"waarde": "Noortje"})
    assert antwoord.status_code == 303
    assert Klant.objects.get().versie == 2
