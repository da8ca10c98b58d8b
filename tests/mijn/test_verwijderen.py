"""Verwijderen: kiezen, nakijken, klaar; niets half, en niets overgeslagen."""

import pytest

from portal.klanten.models import Gebeurtenis, Klant, Waarde
from portal.mijn.forms.verwijderen import gegevens_van
from tests.mijn import vulling
from tests.mijn.conftest import tekst, velden_van

INTREKKEN = "/verwijderen/intrekken/"
KIEZEN, CONTROLE, KLAAR = "/verwijderen/", "/verwijderen/controle/", "/verwijderen/klaar/"


@pytest.fixture(scope="module")
def ingevuld(gedeeld):
    with gedeeld():
        vulling.vul_noor()


@pytest.fixture
def klant(db, ingevuld):
    return Klant.objects.get()


@pytest.mark.uitgangspunt("OWN-5")
def test_wat_gekozen_is_gaat_weg_en_de_rest_blijft(noor, klant):
    email = klant.digitale_adressen.get(soort="email")
    noor.post(KIEZEN, {"weg": ["naam", f"email:{email.pk}"]})
    assert "Noor de Vries" in noor.lees(CONTROLE)
    antwoord = noor.verstuur(CONTROLE)
    assert antwoord.url == KLAAR
    over = Klant.objects.get()
    assert not hasattr(over, "naam")
    assert sorted(over.digitale_adressen.values_list("soort", flat=True)) == ["telefoon"] * 2


@pytest.mark.uitgangspunt("OWN-5")
def test_alles_weg_laat_geen_waarde_achter(noor, klant):
    noor.post(KIEZEN, {"weg": ["alles"]})
    noor.verstuur(CONTROLE)
    assert Klant.objects.count() == 0
    assert Waarde.objects.count() == 0
    assert Gebeurtenis.objects.latest("gebeurd_op").soort == "klant.verwijderd"


def test_alle_vakjes_aankruisen_laat_de_klant_zelf_bestaan(noor, klant):
    noor.post(KIEZEN, {"weg": [gegeven.sleutel for gegeven in gegevens_van(klant)]})
    assert "Het overzicht van wie uw gegevens gebruikte." in noor.lees(CONTROLE)
    assert noor.verstuur(CONTROLE).url == KLAAR
    over = Klant.objects.met_waarden().get()
    assert gegevens_van(over) == []


def test_wie_niets_meer_heeft_kan_zichzelf_nog_verwijderen(noor, klant_van_noor):
    noor.verstuur("/mijn-gegevens/naam/verwijderen/")
    noor.post(KIEZEN, {"weg": ["alles"]})
    assert "Alles wat ik zelf heb ingevuld" in noor.lees(CONTROLE)
    assert noor.verstuur(CONTROLE).url == KLAAR
    assert Klant.objects.count() == 0


def test_klaar_heeft_een_kenmerk_en_mag_ververst_worden(noor, klant):
    noor.post(KIEZEN, {"weg": ["alles"]})
    noor.verstuur(CONTROLE)
    assert noor.lees(KLAAR) == noor.lees(KLAAR)
    assert "Uw kenmerk is 20" in noor.lees(KLAAR)


def test_bij_alles_staat_de_waarschuwing_over_het_overzicht(noor, klant):
    noor.post(KIEZEN, {"weg": ["alles"]})
    assert "Wilt u dat overzicht bewaren? Download het dan nu." in noor.lees(CONTROLE)


def test_het_laatste_emailadres_krijgt_een_waarschuwing(noor, klant):
    email = klant.digitale_adressen.get(soort="email")
    noor.post(KIEZEN, {"weg": [f"email:{email.pk}"]})
    assert "alleen nog per brief" in noor.lees(CONTROLE)


@pytest.mark.parametrize("weg", [[], ["iets"], ["email:00000000-0000-4000-8000-000000000000"]])
def test_niets_of_iets_vreemds_kiezen_wordt_uitgelegd(noor, klant, weg):
    antwoord = noor.post(KIEZEN, {"weg": weg})
    assert antwoord.status_code == 422
    assert "Kies wat wij moeten verwijderen." in tekst(antwoord)


def test_de_controle_kan_niet_overgeslagen_worden(noor, klant):
    assert noor.get(CONTROLE).url == KIEZEN
    assert noor.post(CONTROLE, {"gezien": 1}).url == KIEZEN
    assert noor.get(KLAAR).url == "/overzicht/"
    assert Klant.objects.count() == 1


def test_wat_intussen_wijzigde_houdt_alles_tegen(noor, klant):
    noor.post(KIEZEN, {"weg": ["alles"]})
    formulier = velden_van(noor.get(CONTROLE))
    noor.verstuur("/mijn-gegevens/naam/", waarde="Noortje")
    antwoord = noor.post(CONTROLE, formulier)
    assert antwoord.status_code == 409
    assert "Er is nog niets verwijderd." in tekst(antwoord)
    assert Klant.objects.count() == 1


def test_na_wat_intussen_wijzigde_werkt_de_knop_van_de_getoonde_bladzijde(noor, klant):
    noor.post(KIEZEN, {"weg": ["alles"]})
    formulier = velden_van(noor.get(CONTROLE))
    noor.verstuur("/mijn-gegevens/naam/", waarde="Noortje")
    getoond = velden_van(noor.post(CONTROLE, formulier))
    assert noor.post(CONTROLE, getoond).url == KLAAR
    assert Klant.objects.count() == 0


def test_twee_keer_versturen_is_een_keer_verwijderen(noor, klant):
    noor.post(KIEZEN, {"weg": ["naam"]})
    formulier = velden_van(noor.get(CONTROLE))
    noor.post(CONTROLE, formulier)
    assert noor.post(CONTROLE, formulier).url == KIEZEN
    assert Gebeurtenis.objects.count() == 2


@pytest.mark.uitgangspunt("OWN-2")
def test_de_gegevens_van_een_ander_staan_er_niet_bij(omar, klant):
    assert "U hoeft niets te verwijderen." in omar.lees(KIEZEN)
    email = klant.digitale_adressen.get(soort="email")
    assert omar.post(KIEZEN, {"weg": [f"email:{email.pk}"]}).status_code == 422


@pytest.mark.uitgangspunt("OWN-4")
def test_wat_een_zaak_vasthoudt_staat_er_met_de_reden_en_gaat_apart(noor, klant):
    vulling.houd_vast(klant, "ZAAK-2026-0001")
    assert "Uw zaak ZAAK-2026-0001 bewaren wij nog." in noor.lees(KIEZEN)
    noor.post(KIEZEN, {"weg": ["alles"]})
    noor.verstuur(CONTROLE)
    assert "Uw gegevens zijn niet meer in gebruik" in noor.lees(KLAAR)
    assert Klant.objects.get().inactief_op is not None
    assert "U vroeg ons uw gegevens te verwijderen." in noor.lees("/mijn-gegevens/")


def test_zonder_antwoord_van_de_zaken_wacht_het_verzoek(noor, klant, settings):
    settings.BUREN = {"zaken": {"url": "http://127.0.0.1:9", "geheim": "x" * 32, "client_id": "x"}}
    assert "Wij kunnen nu niet zien of er nog een zaak van u loopt." in noor.lees(KIEZEN)
    noor.post(KIEZEN, {"weg": ["alles"]})
    noor.verstuur(CONTROLE)
    assert "Uw verzoek om te verwijderen wacht" in noor.lees(KLAAR)
    assert Klant.objects.get().verwijdering_gevraagd_op is not None
    assert "Dat doen wij zodra wij kunnen zien" in noor.lees("/mijn-gegevens/")


def test_wie_zich_bedenkt_voor_er_iets_weg_is_houdt_alles(noor, omar, klant, settings):
    settings.BUREN = {"zaken": {"url": "http://127.0.0.1:9", "geheim": "x" * 32, "client_id": "x"}}
    noor.post(KIEZEN, {"weg": ["alles"]})
    noor.verstuur(CONTROLE)
    assert omar.get(INTREKKEN).status_code == 404
    formulier = velden_van(noor.get(INTREKKEN))
    for _keer in range(2):
        assert noor.post(INTREKKEN, formulier).url == "/mijn-gegevens/"
    assert "Wij verwijderen uw gegevens niet." in tekst_met_melding(noor)
    nu = Klant.objects.get()
    assert (nu.verwijdering_gevraagd_op, nu.naam.waarde) == (None, "Noor de Vries")
    assert noor.get(INTREKKEN).url == "/mijn-gegevens/"


def tekst_met_melding(mens):
    """De hele bladzijde: de melding na opslaan staat boven `main`, of erin."""
    return mens.get("/mijn-gegevens/").content.decode()
