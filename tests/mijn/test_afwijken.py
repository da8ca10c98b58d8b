"""Voor deze ene keer anders: een ander postadres, getoond zoals het geldt en nergens anders."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from portal.klanten.handelingen import afdruk_van_afwijking, afwijking_van, overrule
from portal.klanten.models import Afwijkend, Interactie, Klant, Proces
from portal.klanten.regels import (
    Adressoort,
    Contactgegevens,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
)
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, Mens, tekst, velden_van

pytestmark = pytest.mark.lang

WERK = {"postcode": "1234 ab", "huisnummer": "12", "toevoeging": "bis"}
ELDERS = {"regel1": "Avenue Louise 1", "regel2": "1050 Elsene", "landcode": "BE"}


@pytest.fixture
def klant(noor):
    return vulling.vul_noor()


@pytest.fixture(scope="module")
def gemeld(gedeeld):
    """Noor vulde alles in en deed een melding."""
    with gedeeld():
        termijn = dt.timedelta(days=30)
        Proces.objects.create(code="parkeren", omschrijving="Parkeren", bewaartermijn=termijn)
        vulling.vul_noor()
        Mens().log_in(NOOR).verstuur("/meldingen/nieuw/", proces="parkeren")


@pytest.fixture
def adres(noor, gemeld):
    """Het adres van de melding van Noor."""
    return f"/meldingen/{Interactie.objects.get().pk}/"


def gekozen():
    return afwijking_van(Interactie.objects.get()).correspondentieadres


def is_open(antwoord):
    return (
        BeautifulSoup(antwoord.content, "html.parser").select_one("main details").has_attr("open")
    )


@pytest.mark.uitgangspunt("OVR-1")
@pytest.mark.parametrize("htmx", [False, True], ids=["zonder htmx", "met htmx"])
def test_de_post_kan_voor_een_melding_ergens_anders_heen(noor, adres, htmx):
    antwoord = noor.verstuur(adres, htmx=htmx, **WERK, straat="Waterlaan", plaats="Waterveen")
    assert (antwoord.headers.get("HX-Redirect") or antwoord.url) == "/meldingen/"
    assert "Waterlaan 12-bis 1234 AB Waterveen" in noor.lees(adres)
    assert Klant.objects.get().postadres.soort == Adressoort.BUITENLAND


@pytest.mark.uitgangspunt("OVR-1")
def test_ook_een_adres_in_een_ander_land_kan_een_keer(noor, adres):
    noor.verstuur(adres, **ELDERS, tav="Atelier")
    assert gekozen() == NieuwBuitenlandsAdres(**ELDERS, tav="Atelier")
    assert "Atelier Avenue Louise 1 1050 Elsene België" in noor.lees(adres)


ANDERE_ADRESSEN = [
    NieuwPostadres(soort=Adressoort.POSTBUS, postcode="1234AB", huisnummer=9, tav="Balie"),
    NieuwPostadres(postcode="1234AB", huisnummer=9, huisletter="B", plaats="Waterveen"),
    NieuwBuitenlandsAdres(**ELDERS, regel3="bus 3"),
]


@pytest.mark.uitgangspunt("OVR-1")
@pytest.mark.parametrize("stond", ANDERE_ADRESSEN, ids=["postbus", "straat", "buitenland"])
def test_wie_iets_anders_wijzigt_houdt_het_adres_dat_er_stond(noor, adres, stond):
    gegevens = Contactgegevens(correspondentieadres=stond)
    rij = Interactie.objects.get()
    wie = {"door": vulling.authenticatie(NOOR), "op": rij.ontvangen_op}
    overrule(rij.pk, gegevens=gegevens, gezien=afdruk_van_afwijking(rij), **wie)
    assert is_open(noor.get(adres))
    noor.verstuur(adres, voornaam="Studio Noor")
    assert (gekozen(), Afwijkend.objects.get().voornaam) == (stond, "Studio Noor")


@pytest.mark.uitgangspunt("OVR-1")
def test_wie_het_adres_leeg_maakt_krijgt_post_zoals_altijd(noor, adres):
    noor.verstuur(adres, **WERK)
    noor.verstuur(adres, **dict.fromkeys(WERK, ""))
    assert Afwijkend.objects.count() == 0
    assert "Rue de la Loi 155" in noor.lees(adres)
    assert not is_open(noor.get(adres))


@pytest.mark.uitgangspunt("OVR-3")
def test_hetzelfde_adres_als_altijd_wordt_niet_nog_eens_bewaard(noor, adres):
    eigen = {"regel1": "Rue de la Loi 155, bus 3", "regel2": "1040 Brussel", "landcode": "BE"}
    noor.verstuur(adres, **eigen, tav="Studio Noor")
    assert Afwijkend.objects.count() == 0


@pytest.fixture
def botsing(noor, adres):
    """Noor opende de melding, en zette haar naam en kanaal in een ander tabblad anders."""
    eerste_tab = velden_van(noor.get(adres)) | {"voornaam": "Eleonora", "tav": "Atelier", **WERK}
    noor.verstuur(adres, voornaam="Studio Noor", voorkeurskanaal="telefoon")
    return lambda: noor.post(adres, eerste_tab)


@pytest.mark.uitgangspunt("OVR-1")
def test_bij_een_botsing_staan_beide_er_en_is_er_niets_overschreven(noor, botsing):
    antwoord = botsing()
    assert antwoord.status_code == 409
    gelezen = tekst(antwoord)
    assert "Naam: Studio Noor Zo bereiken wij u het liefst: Wij bellen u" in gelezen
    assert "Naam: Eleonora Postadres: Atelier 12-bis 1234 AB" in gelezen
    assert "door uzelf, in een ander scherm" in gelezen
    assert "checked" not in antwoord.content.decode()
    assert Afwijkend.objects.get().voornaam == "Studio Noor"


@pytest.mark.uitgangspunt("OVR-1")
@pytest.mark.parametrize(
    ("welke", "naam", "kanaal"), [("nu", "Studio Noor", "telefoon"), ("mijn", "Eleonora", "")]
)
def test_wat_noor_dan_kiest_geldt(noor, adres, botsing, welke, naam, kanaal):
    antwoord = noor.post(adres, velden_van(botsing()) | {"welke": welke})
    assert antwoord.url == "/meldingen/"
    assert afwijking_van(Interactie.objects.get()).voornaam == naam
    assert Afwijkend.objects.get().voorkeurskanaal == kanaal


def test_zonder_keuze_en_na_een_tweede_botsing_komt_de_vraag_terug(noor, adres, botsing):
    getoond = velden_van(botsing())
    assert "Kies welke waarde klopt." in tekst(noor.post(adres, getoond))
    noor.verstuur(adres, voornaam="Nora")
    antwoord = noor.post(adres, getoond | {"welke": "mijn"})
    assert (antwoord.status_code, Afwijkend.objects.get().voornaam) == (409, "Nora")
    assert "Naam: Nora" in tekst(antwoord)


@pytest.mark.uitgangspunt("OVR-3")
def test_ook_wat_een_ander_tabblad_weghaalde_komt_niet_stil_terug(noor, adres):
    """Weg, en met een nieuwe rij terug: het nummer van de versie zou dan weer hetzelfde zijn."""
    noor.verstuur(adres, voornaam="Studio Noor")
    eerste_tab = velden_van(noor.get(adres)) | {"voornaam": "Eleonora"}
    noor.verstuur(adres, voornaam="")
    antwoord = noor.post(adres, eerste_tab)
    assert (antwoord.status_code, Afwijkend.objects.count()) == (409, 0)
    assert "Wat er nu staat: niets" in tekst(antwoord)
    noor.verstuur(adres, voornaam="Nora")
    assert noor.post(adres, eerste_tab).status_code == 409


def test_twee_keer_hetzelfde_versturen_is_klaar(noor, adres):
    formulier = velden_van(noor.get(adres)) | {"voornaam": "Studio Noor"}
    assert {noor.post(adres, formulier).url for _ in range(2)} == {"/meldingen/"}
    assert Afwijkend.objects.get().voornaam == "Studio Noor"


def test_een_tweede_melding_heeft_met_de_eerste_niets_te_maken(noor, adres):
    noor.verstuur("/meldingen/nieuw/", proces="parkeren")
    tweede = Interactie.objects.exclude(pk=adres.split("/")[2]).get()
    open_staat = velden_van(noor.get(f"/meldingen/{tweede.pk}/")) | {"voornaam": "Eleonora"}
    noor.verstuur(adres, voornaam="Studio Noor")
    assert noor.post(f"/meldingen/{tweede.pk}/", open_staat).url == "/meldingen/"


@pytest.mark.parametrize("getoond", ["", "x" * 64, "x" * 65, "\x00", "é"])
def test_een_vervalste_afdruk_wijzigt_niets(noor, adres, getoond):
    noor.verstuur(adres, voornaam="Studio Noor")
    vals = velden_van(noor.get(adres)) | {"voornaam": "Eleonora", "getoond": getoond}
    assert noor.post(adres, vals).status_code in {409, 422}
    assert Afwijkend.objects.get().voornaam == "Studio Noor"


FOUTEN = [
    ({"postcode": "1234 AB"}, "Dit nummer klopt niet."),
    ({"huisnummer": "12"}, "Deze postcode klopt niet."),
    ({**WERK, "huisnummer": "\u0661\u0662"}, "Dit nummer klopt niet."),
    ({**WERK, "huisnummer": "0"}, "Dit nummer klopt niet."),
    ({**WERK, "huisletter": "9"}, "Vul één letter in."),
    ({**WERK, "soort": "buitenland"}, "Kies een soort adres."),
    ({"tav": "Atelier"}, "Deze postcode klopt niet."),
    ({"landcode": "BE"}, "Vul de straat en het nummer in."),
    ({"regel1": "Avenue Louise 1"}, "Kies een land uit de lijst."),
    ({**ELDERS, "landcode": "NL"}, "Kies een land uit de lijst."),
    ({**WERK, **ELDERS}, "Vul één postadres in"),
]


@pytest.mark.parametrize(("velden", "melding"), FOUTEN, ids=[m for _, m in FOUTEN])
def test_een_half_of_fout_adres_wordt_uitgelegd_en_niet_bewaard(noor, adres, velden, melding):
    antwoord = noor.verstuur(adres, **velden)
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert is_open(antwoord)
    assert Afwijkend.objects.count() == 0


@pytest.mark.uitgangspunt("OVR-2")
def test_waar_het_adres_van_inschrijving_moet_is_er_geen_ander_te_kiezen(noor, adres):
    Proces.objects.update(vereist_registeradres=True)
    assert "waar u bij ons staat ingeschreven" in noor.lees(adres)
    noor.verstuur(adres, voornaam="Studio Noor", **WERK)
    assert (gekozen(), Afwijkend.objects.get().voornaam) == (None, "Studio Noor")


@pytest.mark.parametrize("stap", ["", "code/"])
def test_de_naam_staat_ook_boven_het_koppelen(noor, klant, stap):
    band = BeautifulSoup(noor.get(f"/meldingen/koppelen/{stap}").content, "html.parser")
    assert "Noor de Vries" in band.select_one("#wie").get_text()


def test_de_naam_staat_ook_boven_een_melding(noor, adres):
    band = BeautifulSoup(noor.get(adres).content, "html.parser")
    assert "Noor de Vries" in band.select_one("#wie").get_text()
