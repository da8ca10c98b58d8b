"""Meldingen: niets meer van iemand vragen dan nodig, en alleen de melder komt er later bij."""

import datetime as dt

import pytest
from django.db import connection

from accounts.identiteit import Identiteit, Soort
from portal.klanten import gevolgen
from portal.klanten.models import Afwijkend, Interactie, Klant, Koppeling, Proces, Terugmelding
from portal.klanten.regels import NieuweNaam, Rol
from tests.mijn import vulling
from tests.mijn.conftest import KORENBLOEM, NOOR, OMAR, Mens, tekst, velden_van

pytestmark = pytest.mark.lang

NIEUW = "/meldingen/nieuw/"
KLOPT_NIET = "/mijn-gegevens/klopt-niet/naam/"


@pytest.fixture(autouse=True)
def processen(db):
    termijn = dt.timedelta(days=30)
    Proces.objects.create(
        code="straat", omschrijving="Iets kapot op straat", open_kanaal=True, bewaartermijn=termijn
    )
    Proces.objects.create(code="parkeren", omschrijving="Parkeren", bewaartermijn=termijn)


def referentie_van(antwoord):
    return Interactie.objects.get(referentie=tekst(antwoord).split("Uw kenmerk is ")[1][:10])


@pytest.mark.uitgangspunt("MIN-2", "VAL-2")
def test_een_melding_kan_zonder_iets_van_iemand(niemand):
    antwoord = niemand.verstuur(NIEUW, proces="straat")
    assert referentie_van(antwoord).soort == "melding"
    assert Klant.objects.count() == 0


VRAAG = "Er staat al weken\r\neen bank op de stoep."


def test_wat_iemand_vraagt_is_te_typen_en_terug_te_lezen(noor):
    vulling.vul_noor()
    rij = referentie_van(noor.verstuur(NIEUW, proces="straat", soort="vraag", tekst=VRAAG))
    assert rij.tekst == "Er staat al weken\neen bank op de stoep."
    assert "een bank op de stoep." in noor.lees("/meldingen/")


def test_wat_iemand_vraagt_ligt_verzegeld_in_de_databank(niemand):
    niemand.verstuur(NIEUW, proces="straat", tekst=VRAAG)
    with connection.cursor() as cursor:
        cursor.execute("select tekst from klanten_interactie")
        assert "bank" not in cursor.fetchone()[0]


def test_wie_te_veel_typt_leest_hoeveel_er_past(niemand):
    antwoord = niemand.verstuur(NIEUW, proces="straat", tekst="x" * 2001)
    assert antwoord.status_code == 422
    assert "Gebruik niet meer dan 2000 tekens." in tekst(antwoord)
    assert Interactie.objects.count() == 0


@pytest.mark.uitgangspunt("MIN-3")
@pytest.mark.parametrize("bereik", ["noor@example.org", "06 12345678"])
def test_op_de_hoogte_blijven_vraagt_een_voornaam_en_een_adres(niemand, bereik):
    niemand.verstuur(NIEUW, proces="straat", voornaam="Noor", bereik=bereik)
    klant = Klant.objects.get()
    assert (klant.gevalideerd, klant.naam.waarde) == (False, "Noor")
    assert klant.digitale_adressen.count() == 1


@pytest.mark.uitgangspunt("MIN-3")
@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"voornaam": "Noor"}, "Vul ook een e-mailadres of telefoonnummer in."),
        ({"bereik": "noor@example.org"}, "Vul ook uw voornaam in."),
        ({"voornaam": "Noor", "bereik": "postduif"}, "Hierop kunnen wij u niet bereiken."),
        ({"proces": "parkeren"}, "Kies waarover het gaat."),
        ({"sleutel": "kapot"}, "Open de pagina opnieuw."),
    ],
)
def test_te_weinig_of_fout_wordt_uitgelegd_en_niet_bewaard(niemand, velden, melding):
    antwoord = niemand.verstuur(NIEUW, **{"proces": "straat", **velden})
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert Interactie.objects.count() == 0


def test_twee_keer_versturen_is_een_melding(niemand):
    velden = {
        "soort": "melding",
        "proces": "straat",
        "sleutel": "8a4ff1f8-6a5e-4f5e-9b1e-6d3f6f3f0a11",
    }
    eerste = referentie_van(niemand.post(NIEUW, velden))
    assert referentie_van(niemand.post(NIEUW, velden)) == eerste
    assert Interactie.objects.count() == 1


@pytest.fixture
def storing(monkeypatch):
    """Wat op een melding volgt mislukt, en daarmee de melding zelf."""

    def mislukt(wat):
        raise RuntimeError

    with monkeypatch.context() as stuk:
        stuk.setattr(gevolgen, "_interactiegevolgen", {"proef": mislukt})
        stuk.setattr(gevolgen, "_gevolgen", {"proef": mislukt})
        yield stuk


@pytest.mark.parametrize(
    ("adres", "velden", "soort"),
    [
        (NIEUW, {"proces": "straat"}, Interactie),
        ("/mijn-gegevens/klopt-niet/naam/", {"toelichting": "Het is Noor."}, Terugmelding),
    ],
)
def test_wat_mislukte_telt_niet_als_ontvangen(noor, storing, adres, velden, soort):
    formulier = velden_van(noor.get(adres)) | velden
    with pytest.raises(RuntimeError):
        noor.post(adres, formulier)
    storing.undo()
    noor.post(adres, formulier)
    assert soort.objects.count() == 1


def test_hetzelfde_formulier_met_iets_anders_erin_is_geen_tweede_melding(niemand):
    formulier = velden_van(niemand.get(NIEUW)) | {"proces": "straat"}
    niemand.post(NIEUW, formulier)
    antwoord = niemand.post(NIEUW, formulier | {"soort": "vraag", "tekst": VRAAG})
    assert antwoord.status_code == 422
    assert "U stuurde dit al. Wilt u nog een melding doen?" in tekst(antwoord)
    assert Interactie.objects.count() == 1
    niemand.post(NIEUW, formulier | velden_van(antwoord))
    assert [rij.soort for rij in Interactie.objects.order_by("ontvangen_op")] == [
        "melding",
        "vraag",
    ]


def test_een_fout_doorgeven_met_hetzelfde_formulier_mag_na_een_vraag_nog_eens(noor):
    formulier = velden_van(noor.get(KLOPT_NIET)) | {"toelichting": "Het is Noor."}
    noor.post(KLOPT_NIET, formulier)
    antwoord = noor.post(KLOPT_NIET, formulier | {"toelichting": "Het is Eleonora."})
    assert "U stuurde dit al. Wilt u nog een melding doen?" in tekst(antwoord)
    assert Terugmelding.objects.count() == 1
    noor.post(KLOPT_NIET, velden_van(antwoord))
    assert Terugmelding.objects.count() == 2


def test_wat_al_ontvangen_is_telt_niet_nog_eens(noor, monkeypatch):
    monkeypatch.setattr("portal.mijn.views.klopt_niet.PER_DAG", 1)
    monkeypatch.setattr("portal.mijn.views.meldingen.PER_TIEN_MINUTEN", 1)
    fout = velden_van(noor.get(KLOPT_NIET)) | {"toelichting": "Het is Noor."}
    melding = velden_van(noor.get(NIEUW)) | {"proces": "straat"}
    assert [noor.post(KLOPT_NIET, fout).status_code for _ in range(3)] == [303] * 3
    assert [noor.post(NIEUW, melding).status_code for _ in range(3)] == [200] * 3
    assert (Terugmelding.objects.count(), Interactie.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "wie",
    [
        {"identiteit": Identiteit(Soort.MEDEWERKER, "m-1"), "middel": "medewerker"},
        {"identiteit": NOOR, "als": "pseudo-1", "machtiging": True, "mandaat": ("dienst-1",)},
    ],
    ids=["een medewerker", "een machtiging zonder deze dienst"],
)
def test_wie_dit_niet_mag_leest_dat_en_meldt_niets(db, wie):
    mens = Mens().log_in(**wie)
    for antwoord in (mens.get(NIEUW), mens.post(NIEUW, {"proces": "straat"})):
        assert antwoord.status_code == 403
        assert "Een melding kan ook zonder inloggen." in tekst(antwoord)
    assert Interactie.objects.count() == 0


def test_wie_is_ingelogd_hoeft_niets_in_te_vullen(noor):
    klant = vulling.vul_noor()
    antwoord = noor.verstuur(NIEUW, proces="parkeren", soort="vraag")
    assert referentie_van(antwoord).klanten.get() == klant
    assert "In behandeling." in noor.lees("/meldingen/")


@pytest.mark.uitgangspunt("CARD-5")
def test_een_melding_hoort_bij_het_contactpunt_dat_open_staat(bakker):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur("/mijn-gegevens/contactpunten/toevoegen/", waarde=naam)
    antwoord = bakker.verstuur(NIEUW, proces="parkeren")
    assert referentie_van(antwoord).klanten.get().naam.waarde == "Directie"
    assert "Wij bereiken u zoals in Mijn gegevens staat." in tekst(antwoord)


def test_zonder_open_contactpunt_hoort_een_melding_bij_geen_van_alle(bakker):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur("/mijn-gegevens/contactpunten/toevoegen/", waarde=naam)
    opnieuw = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-bakker")
    assert "Uw bedrijf heeft meer contactpunten." in opnieuw.lees(NIEUW)
    antwoord = opnieuw.verstuur(NIEUW, proces="parkeren")
    assert not referentie_van(antwoord).klanten.exists()


@pytest.mark.uitgangspunt("OWN-4")
def test_van_wie_verwijderd_wordt_verandert_een_melding_niet_meer(noor):
    klant = vulling.vul_noor()
    rij = referentie_van(noor.verstuur(NIEUW, proces="parkeren"))
    vulling.houd_vast(klant, "ZAAK-1")
    noor.post("/verwijderen/", {"weg": ["alles"]})
    noor.verstuur("/verwijderen/controle/")
    antwoord = noor.verstuur(f"/meldingen/{rij.pk}/", voornaam="Studio Noor")
    assert antwoord.status_code == 422
    assert Afwijkend.objects.count() == 0


@pytest.mark.uitgangspunt("OVR-1")
def test_voor_een_melding_kan_het_een_keer_anders(noor):
    klant = vulling.vul_noor()
    rij = referentie_van(noor.verstuur(NIEUW, proces="parkeren"))
    antwoord = noor.verstuur(f"/meldingen/{rij.pk}/", voornaam="Studio Noor")
    assert antwoord.url == "/meldingen/"
    assert Afwijkend.objects.get().voornaam == "Studio Noor"
    assert Klant.objects.get(pk=klant.pk).naam.waarde == "Noor de Vries"


@pytest.mark.uitgangspunt("OWN-2", "OVR-2")
def test_wie_samen_een_melding_heeft_ziet_alleen_het_eigen_adres(noor, omar):
    vulling.vul_noor()
    omar_zelf = vulling.vul(OMAR, NieuweNaam("Omar el Idrissi"))
    rij = referentie_van(noor.verstuur(NIEUW, proces="parkeren"))
    Koppeling.objects.create(klant=omar_zelf, interactie=rij, rol=Rol.MEDE_INITIATOR)
    namen = ("Noor de Vries", "Omar el Idrissi")
    gezien = [[naam in wie.lees(f"/meldingen/{rij.pk}/") for naam in namen] for wie in (noor, omar)]
    assert gezien == [[True, False], [False, True]]


@pytest.mark.uitgangspunt("OWN-2", "VAL-8")
def test_de_melding_van_een_ander_bestaat_niet(noor, omar):
    vulling.vul_noor()
    rij = referentie_van(noor.verstuur(NIEUW, proces="parkeren"))
    assert omar.get(f"/meldingen/{rij.pk}/").status_code == 404
    assert "nog geen meldingen" in omar.lees("/meldingen/")


def test_wie_te_veel_meldt_wacht_even(niemand):
    for _ in range(10):
        niemand.verstuur(NIEUW, proces="straat")
    antwoord = niemand.verstuur(NIEUW, proces="straat", voornaam="Noor", bereik="06 12345678")
    assert (antwoord.status_code, "over 10 minuten" in tekst(antwoord)) == (429, True)
    assert velden_van(antwoord).items() >= {"proces": "straat", "voornaam": "Noor"}.items()


def test_achter_een_proxy_telt_elk_adres_apart(niemand, settings, monkeypatch):
    monkeypatch.setattr("portal.mijn.views.meldingen.PER_TIEN_MINUTEN", 1)
    settings.ACHTER_PROXY = True

    def meld(adres):
        ingevuld = velden_van(niemand.get(NIEUW)) | {"proces": "straat"}
        return niemand.post(NIEUW, ingevuld, headers={"X-Forwarded-For": adres}).status_code

    assert [meld(a) for a in ("10.0.0.1", "10.0.0.1", "10.0.0.2")] == [200, 429, 200]


@pytest.mark.uitgangspunt("REG-2")
def test_een_fout_in_het_register_wordt_een_melding_en_geen_wijziging(noor):
    klant = vulling.vul_noor()
    antwoord = noor.verstuur("/mijn-gegevens/klopt-niet/adres/", toelichting="Nummer 12, geen 21.")
    assert antwoord.url == "/meldingen/"
    assert (Terugmelding.objects.get().register, Klant.objects.get().versie) == (
        "brp",
        klant.versie,
    )
    assert "Wij hebben dit ontvangen." in noor.lees("/meldingen/")


def test_wie_te_veel_fouten_doorgeeft_belt_of_wacht(noor, monkeypatch):
    monkeypatch.setattr("portal.mijn.views.klopt_niet.PER_DAG", 1)
    for status in (303, 422):
        antwoord = noor.verstuur("/mijn-gegevens/klopt-niet/naam/", toelichting="Het is Noor.")
        assert antwoord.status_code == status
    assert "U gaf vandaag al veel fouten door." in tekst(antwoord)
    assert Terugmelding.objects.count() == 1


def test_een_onbekend_gegeven_bestaat_niet(noor):
    assert noor.get("/mijn-gegevens/klopt-niet/iban/").status_code == 404


def test_een_fout_zonder_uitleg_wordt_niet_doorgegeven(noor):
    antwoord = noor.verstuur("/mijn-gegevens/klopt-niet/naam/", toelichting=" ")
    assert antwoord.status_code == 422
    assert Terugmelding.objects.count() == 0
