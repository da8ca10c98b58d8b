"""What another system of the municipality has is a proposal; only the person decides."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.niveaus import Niveau
from portal.klanten.models import DigitaalAdres
from portal.klanten.regels import NieuwEmail, NieuweNaam, Stand
from portal.registers import uitbak
from portal.registers.openklant import voorstellen
from tests.mijn.conftest import NOOR, Mens, tekst
from tests.mijn.vulling import bevestig_alles, vul
from tests.nep_openklant import NepOpenKlant
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures
from tests.registers.test_openklant_anderen import zet_daar

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
PAGINA = "/mijn-gegevens/voorstellen/"


@pytest.fixture
def openklant(koppel):  # noqa: F811 - the fixture
    return koppel(NepOpenKlant())


@pytest.fixture
def klant(openklant, db):
    """Noor stands in Open Klant, where the desk adds an address."""
    klant = vul(NOOR, NieuweNaam("Noor"), NieuwEmail("noor@example.nl"))
    uitbak.werk_af(lambda: timezone.now() + timedelta(hours=1))
    (partij,) = openklant.partijen.rijen.values()
    zet_daar(openklant, partij, "noor.werk@example.nl")
    return klant


@pytest.fixture
def noor(db):
    return Mens().log_in(NOOR)


def kies(mens, knop: str, **anders):
    """Press a button of the first proposal."""
    soep = BeautifulSoup(mens.get(PAGINA).content, "html.parser")
    formulier = soep.select_one("main form")
    velden = {veld["name"]: veld.get("value", "") for veld in formulier.select("input[name]")}
    adressen = {"overnemen": formulier["action"]}
    adressen["afwijzen"] = formulier.select_one("button[formaction]")["formaction"]
    return mens.post(adressen[knop], velden | anders)


def _adressen() -> set[tuple[str, str]]:
    return set(DigitaalAdres.objects.values_list("waarde", "stand"))


def test_noor_ziet_wat_elders_staat_en_er_verandert_niets(klant, noor):
    voor = _adressen()
    assert "noor.werk@example.nl" in tekst(noor.get(PAGINA))
    assert _adressen() == voor


@pytest.mark.uitgangspunt("OWN-1")
def test_overnemen_is_een_voorstel_tot_het_bevestigd_is(klant, noor):
    antwoord = kies(noor, "overnemen")
    assert antwoord.status_code == 303
    nieuw = DigitaalAdres.objects.get(waarde="noor.werk@example.nl")
    assert nieuw.stand == Stand.VOORGESTELD
    assert antwoord.url == f"/mijn-gegevens/email/{nieuw.pk}/bevestigen/"


def test_overnemen_laat_de_omschrijving_staan(openklant, noor, codes):
    email = NieuwEmail("noor@example.nl", omschrijving="Thuis")
    bevestig_alles(klant := vul(NOOR, NieuweNaam("Noor"), email), codes)
    uitbak.werk_af(lambda: timezone.now() + timedelta(hours=1))
    (daar,) = openklant.adressen.rijen.values()
    daar["adres"] = "anders@example.nl"
    kies(noor, "overnemen")
    nieuw = klant.digitale_adressen.get(stand=Stand.VOORGESTELD)
    assert (nieuw.waarde, nieuw.omschrijving) == ("anders@example.nl", "Thuis")


def test_niet_overnemen_wordt_onthouden(klant, noor):
    antwoord = kies(noor, "afwijzen")
    assert "Wij nemen dit niet over." in tekst(noor.get(antwoord.url, follow=True))
    assert "noor.werk@example.nl" not in tekst(noor.get(PAGINA))
    assert not DigitaalAdres.objects.filter(waarde="noor.werk@example.nl").exists()


def test_wat_intussen_anders_is_wordt_opnieuw_getoond(klant, noor):
    antwoord = kies(noor, "overnemen", afdruk="0" * 32)
    assert antwoord.url == PAGINA
    assert not DigitaalAdres.objects.filter(waarde="noor.werk@example.nl").exists()


def test_open_klant_die_weg_is_kost_een_mededeling(klant, noor, openklant):
    openklant.stop()
    antwoord = noor.get(PAGINA)
    assert antwoord.status_code == 200
    assert "Wij kunnen nu niet zien" in tekst(antwoord)


def test_een_ander_ziet_en_krijgt_niets(klant, openklant, omar):
    assert "noor.werk@example.nl" not in tekst(omar.get(PAGINA))
    (voorstel,) = voorstellen.voorstellen(klant)
    for knop in ("overnemen", "afwijzen"):
        assert omar.post(f"{PAGINA}{voorstel.daar}/{knop}/").status_code == 404


def test_met_te_weinig_zekerheid_wordt_om_meer_gevraagd(klant):
    laag = Mens().log_in(NOOR, rang=Niveau.LAAG)
    assert laag.get(PAGINA).status_code == 302


def test_wie_niet_inlogt_ziet_niets(niemand):
    assert niemand.get(PAGINA).status_code == 302


@pytest.mark.parametrize("knop", ["overnemen", "afwijzen"])
def test_alleen_versturen_doet_iets(noor, knop):
    assert noor.get(f"{PAGINA}{uuid.uuid4()}/{knop}/").status_code == 405


def test_zonder_open_klant_is_er_geen_verwijzing_naar(settings, noor):
    settings.BUREN = {}
    assert PAGINA not in noor.get("/mijn-gegevens/").content.decode()
    settings.BUREN = {"openklant": {"url": "https://openklant.example", "geheim": "x"}}
    assert PAGINA in noor.get("/mijn-gegevens/").content.decode()
