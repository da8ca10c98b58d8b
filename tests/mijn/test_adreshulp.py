"""Help while typing an address: street and town come by themselves, and never get in the way."""

import pytest
from bs4 import BeautifulSoup

from tests.htmx import HTMX
from tests.mijn.conftest import tekst
from tests.nep_pdok import NepPdok
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
HULP, ADRES = "/mijn-gegevens/adres/hulp/", "/mijn-gegevens/adres/"
INGEVULD = {
    "soort": "straat",
    "postcode": "1234 ab",
    "huisnummer": "12",
    "straat": "",
    "plaats": "",
}


@pytest.fixture
def pdok(koppel):  # noqa: F811 - the fixture
    return koppel(NepPdok())


def test_straat_en_plaats_worden_ingevuld(noor, pdok):
    antwoord = noor.post(HULP, INGEVULD, headers=HTMX)
    velden = BeautifulSoup(antwoord.content, "html.parser").select("input[data-hx-swap-oob]")
    assert {veld["name"]: veld["value"] for veld in velden} == {
        "straat": "Waterlaan",
        "plaats": "Waterveen",
    }


def test_het_ingevulde_veld_is_verder_gelijk_aan_dat_op_de_pagina(noor, pdok):
    pagina = BeautifulSoup(noor.get(ADRES).content, "html.parser")
    hulp = BeautifulSoup(noor.post(HULP, INGEVULD, headers=HTMX).content, "html.parser")
    for naam in ("straat", "plaats"):
        daar, hier = (soep.select_one(f"input[name={naam}]").attrs for soep in (pagina, hulp))
        del hier["value"], hier["data-hx-swap-oob"]
        assert hier == {k: v for k, v in daar.items() if k != "value"}


@pytest.mark.parametrize(
    "anders",
    [
        {"straat": "Kerkstraat"},
        {"plaats": "Elders"},
        {"soort": "postbus"},
        {"postcode": "9999 ZZ"},
        {"postcode": "geen"},
        {"huisnummer": "12; drop"},
    ],
)
def test_wie_zelf_iets_invulde_of_niets_kan_vinden_merkt_er_niets_van(noor, pdok, anders):
    assert noor.post(HULP, INGEVULD | anders, headers=HTMX).status_code == 204


def test_een_pdok_die_weg_is_laat_het_formulier_met_rust(noor, pdok):
    pdok.stop()
    assert noor.post(HULP, INGEVULD, headers=HTMX).status_code == 204
    ingevuld = {"postcode": "1234 AB", "huisnummer": "12", "straat": "Waterlaan"}
    assert noor.verstuur(ADRES, **ingevuld).status_code == 303


def test_wie_blijft_vragen_krijgt_geen_hulp_meer(noor, pdok, monkeypatch):
    monkeypatch.setattr("portal.mijn.views.adreshulp.PER_TIEN_MINUTEN", 1)
    standen = [noor.post(HULP, INGEVULD, headers=HTMX).status_code for _ in range(2)]
    assert standen == [200, 204]


def test_zonder_pdok_vraagt_het_formulier_nergens_om(settings, noor):
    settings.BUREN = {}
    antwoord = noor.get(ADRES)
    assert HULP not in antwoord.content.decode()
    assert "Postcode" in tekst(antwoord)


def test_met_pdok_staat_de_vraag_bij_postcode_en_nummer(noor, pdok):
    soep = BeautifulSoup(noor.get(ADRES).content, "html.parser")
    velden = soep.select(f"input[data-hx-post='{HULP}']")
    assert {veld["name"] for veld in velden} == {"postcode", "huisnummer"}


def test_wie_niet_inlogt_krijgt_geen_hulp(niemand):
    assert niemand.post(HULP, INGEVULD).status_code == 302


def test_alleen_versturen_helpt(noor):
    assert noor.get(HULP).status_code == 405
