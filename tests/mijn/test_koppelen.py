"""Een melding van vroeger bij de eigen gegevens zetten: kenmerk, code, en per waarde ja of nee."""

import datetime as dt

import pytest

from portal.berichten.models import Bericht
from portal.klanten.models import Interactie, Klant, Proces
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, Mens, tekst

KOPPELEN, CODE, KIEZEN = (
    "/meldingen/koppelen/",
    "/meldingen/koppelen/code/",
    "/meldingen/koppelen/kiezen/",
)


@pytest.fixture
def melding(db):
    """Iemand meldde iets met een voornaam en een e-mailadres."""
    Proces.objects.create(
        code="straat", omschrijving="Straat", open_kanaal=True, bewaartermijn=dt.timedelta(days=30)
    )
    velden = {"proces": "straat", "voornaam": "Noor", "bereik": "noor@example.org"}
    Mens().verstuur("/meldingen/nieuw/", **velden)
    return Interactie.objects.get()


def bewijs(mens, melding, codes):
    mens.verstuur(KOPPELEN, referentie=melding.referentie)
    return mens.verstuur(CODE, code=codes["noor@example.org"])


@pytest.mark.uitgangspunt("VAL-5")
def test_wat_noor_aankruist_wordt_van_haar_en_de_rest_gaat_weg(noor, melding, codes):
    assert bewijs(noor, melding, codes).url == KIEZEN
    bladzijde = noor.get(KIEZEN).content.decode()
    naam = Klant.objects.get().naam
    assert f'value="{naam.pk}"' in bladzijde
    noor.post(KIEZEN, {"houd": [str(naam.pk)]})
    klant = Klant.objects.get()
    assert (klant.gevalideerd, klant.naam.waarde) == (True, "Noor")
    assert klant.digitale_adressen.count() == 0
    assert melding.referentie in noor.lees("/meldingen/")


@pytest.mark.uitgangspunt("VAL-5")
def test_bij_wie_al_gegevens_heeft_komt_het_erbij(noor, melding, codes):
    eigen = vulling.vul_noor()
    bewijs(noor, melding, codes)
    noor.post(KIEZEN, {"houd": []})
    assert [klant.pk for klant in Klant.objects.all()] == [eigen.pk]
    assert eigen.interacties.get() == melding


@pytest.mark.uitgangspunt("VAL-5")
def test_het_adres_dat_de_code_kreeg_staat_er_meteen_bij(noor, melding, codes):
    eigen = vulling.vul_noor()
    eigen.digitale_adressen.all().delete()
    bewijs(noor, melding, codes)
    adres = melding.klanten.get().digitale_adressen.get()
    assert noor.post(KIEZEN, {"houd": [str(adres.pk)]}).url == "/meldingen/"
    nu = eigen.digitale_adressen.get()
    assert (nu.waarde, nu.stand, nu.bevestigd_wijze) == ("noor@example.org", "in_gebruik", "claim")


def test_bij_een_bedrijf_komt_het_bij_het_contactpunt_dat_open_staat(bakker, melding, codes):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur("/mijn-gegevens/contactpunten/toevoegen/", waarde=naam)
    bewijs(bakker, melding, codes)
    bakker.post(KIEZEN, {"houd": []})
    assert [klant.naam.waarde for klant in melding.klanten.all()] == ["Directie"]


def test_wie_lang_geleden_inlogde_logt_opnieuw_in_en_gaat_verder(noor, melding, codes):
    bewijs(noor, melding, codes)
    noor.log_in(NOOR, oud=301)
    assert noor.get(KIEZEN).url.startswith("/inloggen/opnieuw/?handeling=claimen")
    noor.log_in(NOOR, oud=1300)
    assert noor.post(KIEZEN, {"houd": []}).url.startswith("/inloggen/opnieuw/")
    noor.log_in(NOOR)
    noor.post(KIEZEN, {"houd": []})
    assert Klant.objects.get().gevalideerd


@pytest.mark.uitgangspunt("VAL-5")
def test_een_onbekend_kenmerk_geeft_hetzelfde_antwoord(noor, melding):
    goed = noor.verstuur(KOPPELEN, referentie=melding.referentie)
    fout = noor.verstuur(KOPPELEN, referentie="2222222222")
    assert (goed.status_code, goed.url) == (fout.status_code, fout.url)
    antwoord = noor.verstuur(CODE, code="123456")
    assert antwoord.status_code == 422
    assert "Deze code klopt niet of werkt niet meer." in tekst(antwoord)


def test_de_code_gaat_naar_het_adres_van_toen(noor, melding, codes):
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    assert Bericht.objects.get().soort == "claimcode"


@pytest.mark.uitgangspunt("VAL-5")
def test_een_andere_sessie_heeft_niets_aan_de_code(noor, omar, melding, codes):
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    omar.verstuur(KOPPELEN, referentie="2222222222")
    antwoord = omar.verstuur(CODE, code=codes["noor@example.org"])
    assert antwoord.status_code == 422


def test_een_stap_overslaan_kan_niet(noor):
    assert noor.get(KIEZEN).url == KOPPELEN
    assert noor.post(KIEZEN, {"houd": []}).url == KOPPELEN


def test_na_vijf_keer_stuurt_deze_sessie_geen_code_meer(noor, melding, codes):
    for _ in range(5):
        noor.verstuur(KOPPELEN, referentie="2222222222")
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    assert codes == {}
