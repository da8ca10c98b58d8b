"""De geschiedenis zegt wat er stond en wat het werd, en zet terug wat terug kan."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.klanten.handelingen import opruimen
from portal.klanten.models import Gebeurtenis, Klant
from portal.klanten.regels import NieuwEmail
from portal.mijn.geschiedenis import regels
from tests.mijn import vulling
from tests.mijn.conftest import KORENBLOEM, NOOR, Mens, tekst

pytestmark = pytest.mark.lang

ADRES = "/geschiedenis/"


@pytest.fixture
def veranderd(noor):
    """Noor heet eerst Noor, daarna Noortje."""
    noor.get(noor.verstuur("/mijn-gegevens/naam/", waarde="Noor").url)
    noor.get(noor.verstuur("/mijn-gegevens/naam/", waarde="Noortje").url)
    return noor


def eerste_terug(mens):
    """Het adres achter de bovenste link Zet terug."""
    soep = BeautifulSoup(mens.get(ADRES).content, "html.parser")
    return soep.select_one("a[href*='/terug/']")["href"]


@pytest.mark.uitgangspunt("USE-6")
def test_oud_en_nieuw_staan_er_met_wie_en_hoe(veranderd):
    bladzijde = veranderd.lees(ADRES)
    assert "Naam: Er stond: Noor . Het werd: Noortje ." in bladzijde
    assert "door u, ingelogd met DigiD" in bladzijde


def test_een_oude_naam_kan_terug(veranderd):
    antwoord = veranderd.verstuur(eerste_terug(veranderd))
    assert antwoord.url == ADRES
    assert Klant.objects.get().naam.waarde == "Noor"


def test_elke_regel_zegt_om_welk_gegeven_het_gaat(noor):
    vulling.vul_noor()
    bladzijde = noor.lees(ADRES)
    for regel in (
        "Naam: Noor de Vries",
        "Postadres: Studio Noor, Rue de la Loi 155, bus 3, 1040 Brussel, België",
        "Telefoonnummer: 06 12 34 56 78",
        "Zo bereiken wij u het liefst: Per e-mail",
    ):
        assert regel in bladzijde


def test_de_kop_zegt_of_er_iets_bij_kwam_of_veranderde(noor):
    noor.get(noor.verstuur("/mijn-gegevens/naam/", waarde="Noor").url)
    noor.get(noor.verstuur("/mijn-gegevens/naam/", waarde="Noortje").url)
    berlijn = {"regel1": "Weg 1", "regel2": "Berlin", "landcode": "DE"}
    noor.get(noor.verstuur("/mijn-gegevens/adres/buitenland/", **berlijn).url)

    koppen = BeautifulSoup(noor.get(ADRES).content, "html.parser").select(".kg-kaart > h2")

    assert [kop.text for kop in koppen] == [
        "Uw postadres toegevoegd",
        "Uw naam gewijzigd",
        "Uw naam ingevuld",
    ]


@pytest.mark.uitgangspunt("REG-4")
def test_een_oud_postadres_kan_terug(noor):
    thuis = {"postcode": "1234 AB", "huisnummer": "12", "straat": "Kade", "plaats": "Waterveen"}
    noor.get(noor.verstuur("/mijn-gegevens/adres/", **thuis).url)
    berlijn = {"regel1": "Weg 1", "regel2": "Berlin", "landcode": "DE"}
    noor.get(noor.verstuur("/mijn-gegevens/adres/buitenland/", **berlijn).url)
    assert "Duitsland" in noor.lees("/mijn-gegevens/")
    assert noor.verstuur(eerste_terug(noor)).url == ADRES
    assert "Kade 12" in noor.lees("/mijn-gegevens/")


def test_een_oud_adres_houdt_zijn_omschrijving_en_wie_niets_terugzet_leest_dat(noor, codes):
    klant = vulling.vul(NOOR, NieuwEmail("noor.devries@example.org", omschrijving="Privé"))
    vulling.bevestig_alles(klant, codes)
    adres = klant.digitale_adressen.get(soort="email")
    nieuw = {"waarde": "noor@example.nl", "omschrijving": "Thuis"}
    noor.verstuur(f"/mijn-gegevens/email/{adres.pk}/", **nieuw)
    vulling.bevestig_alles(klant, codes)
    link = eerste_terug(noor)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):  # one code a minute
        noor.verstuur(link)
        terug = klant.digitale_adressen.get(vervangt=adres)
        assert (terug.waarde, terug.omschrijving) == ("noor.devries@example.org", "Thuis")
        vulling.bevestig_alles(klant, codes)
        noor.verstuur(link)
        assert "Deze waarde stond er al." in noor.lees(ADRES)
    assert klant.digitale_adressen.get().omschrijving == "Thuis"


@pytest.mark.uitgangspunt("OWN-2")
def test_een_ander_kan_niets_van_noor_terugzetten(veranderd, omar):
    link = eerste_terug(veranderd)
    assert omar.get(link).status_code == 404


def test_wie_niets_heeft_leest_dat(noor):
    assert "Er is nog niets veranderd." in noor.lees(ADRES)


def test_een_collega_heet_vertegenwoordiger(db):
    vulling.vul_korenbloem()
    collega = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-3")
    assert "door vertegenwoordiger 1" in tekst(collega.get(ADRES))


def test_wat_vanzelf_ging_deed_niemand(noor):
    vulling.vul_noor()
    opruimen.laat_voorstellen_vervallen(op=timezone.now() + dt.timedelta(days=8))
    assert "uur , vanzelf " in noor.lees(ADRES)


def test_wat_een_systeem_vastlegde_deed_de_gemeente():
    regel = Gebeurtenis(
        soort="klant.aangemaakt", velden=["email"], middel="systeem", handelende="toepassing:7"
    )
    regel._prefetched_objects_cache = {"waarden": []}
    (gelezen,) = regels([regel], zelf="noor")
    assert (gelezen.zin, gelezen.wie) == ("Een e-mailadres ingevuld", "door de gemeente")


def test_een_rekeningnummer_staat_er_verborgen(noor):
    vulling.vul_noor()
    bladzijde = noor.lees(ADRES)
    assert "NL91 ABNA 0417" not in bladzijde
    assert "NL•• ABNA" in bladzijde
