"""Abonnementen in het beheerscherm: het geheim één keer, elke handeling met een reden."""

import pytest
from django.utils import timezone

from accounts.models import Account
from portal.webhooks.models import Abonnement, Baan, Beheerhandeling, Bezorging
from tests.inloggen import inloggen
from tests.webhooks.conftest import abonnement, gebeurtenis

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
PAD = "/beheer/webhooks/abonnement"
URL = "https://zaken.waterveen.nl/webhook"
NIEUW = {
    "naam": "Zaaksysteem", "contact": "z@waterveen.example", "url": URL,
    "soorten": ["klant.gewijzigd", "klant.verwijderd"], "vorm": "cloudevents",
    "inlogwijze": "geen", "gelijktijdig": 10, "wachttijd": 15, "reden": "livegang",
}  # fmt: skip


@pytest.fixture
def beheerder(client):
    inloggen(client, "beheerder", middel="medewerker")
    return client


def doe(client, zaaksysteem, handeling, **meer):
    vraag = {"handeling": handeling, "reden": "afspraak", "open_gezien": 0, **meer}
    return client.post(f"{PAD}/{zaaksysteem.pk}/handeling/", vraag, follow=True)


def test_een_nieuw_abonnement_toont_zijn_geheim_in_een_antwoord_dat_niemand_bewaart(beheerder):
    antwoord = beheerder.post(f"{PAD}/add/", NIEUW)
    gemaakt = Abonnement.objects.get()
    assert "whsec_" in antwoord.content.decode()
    assert "no-store" in antwoord.headers["Cache-Control"]
    assert (gemaakt.status, gemaakt.soorten) == ("concept", NIEUW["soorten"])
    assert "whsec_" not in beheerder.get(f"{PAD}/{gemaakt.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "fout",
    [
        {"url": "https://10.0.0.1/"},
        {"inlogwijze": "bearer"},
        {"inlogwijze": "oauth2", "inlog": "geen json"},
        {"inlogwijze": "oauth2", "inlog": "[1]"},
        {"reden": ""},
        {"soorten": ["klant.gewist"]},
    ],
)
def test_een_verkeerde_keuze_wordt_gezegd_en_niet_bewaard(beheerder, fout):
    antwoord = beheerder.post(f"{PAD}/add/", NIEUW | fout)
    assert "errorlist" in antwoord.content.decode()
    assert not Abonnement.objects.exists()


def test_de_lijst_en_de_pagina_tonen_wat_er_wacht(beheerder, noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    Baan.objects.update(laatste_fout="422", fouten=2)
    assert beheerder.get(f"{PAD}/").status_code == 200
    pagina = beheerder.get(f"{PAD}/{zaaksysteem.pk}/change/").content.decode()
    assert "1 bericht wacht" in pagina
    assert str(noor) in pagina
    assert "422" in pagina


@pytest.mark.parametrize(
    ("handeling", "status"), [("pauzeer", "gepauzeerd"), ("probeer_nu", "actief")]
)
def test_een_handeling_gaat_met_een_reden(beheerder, handeling, status):
    zaaksysteem = abonnement(URL)
    doe(beheerder, zaaksysteem, handeling, reden="")
    zaaksysteem.refresh_from_db()
    assert zaaksysteem.status == "actief"
    doe(beheerder, zaaksysteem, handeling)
    zaaksysteem.refresh_from_db()
    assert zaaksysteem.status == status
    assert Beheerhandeling.objects.order_by("-id").first().reden == "afspraak"


def test_zonder_gekozen_handeling_gebeurt_er_niets(beheerder):
    zaaksysteem = abonnement(URL)
    eerder = Beheerhandeling.objects.count()
    assert "Handeling: Dit veld is verplicht." in doe(beheerder, zaaksysteem, "").content.decode()
    assert Beheerhandeling.objects.count() == eerder


def test_boven_het_scherm_staat_wat_iemand_mag_en_geen_sleutel(beheerder):
    boven = beheerder.get("/beheer/").content.decode().partition('id="content"')[0]
    assert "Ingelogd als" in boven
    assert Account.objects.get().get_username() not in boven


def test_overslaan_en_herhalen_en_wisselen(beheerder, noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    assert "nodig voor deze handeling" in doe(beheerder, zaaksysteem, "sla_over").content.decode()
    doe(beheerder, zaaksysteem, "sla_over", onderwerp=str(noor))
    assert Bezorging.objects.filter(stand="overgeslagen").count() == 1
    Bezorging.objects.filter(stand="open").update(stand="bezorgd", afgehandeld_op=timezone.now())
    Baan.objects.update(openstaand=0)
    doe(beheerder, zaaksysteem, "herhaal_onderwerp", onderwerp=str(noor))
    assert Baan.objects.get().openstaand == 1
    assert "whsec_" in doe(beheerder, zaaksysteem, "roteer").content.decode()
    assert zaaksysteem.geheimen.count() == 2


def test_een_bericht_nog_eens_vraagt_om_de_klant_en_het_nummer(beheerder, noor):
    zaaksysteem = abonnement(URL)
    for versie in (1, 2):
        gebeurtenis(noor, versie)
    Bezorging.objects.update(stand="bezorgd", afgehandeld_op=timezone.now())
    Baan.objects.update(openstaand=0)
    for keuze in ({"onderwerp": noor}, {"volgnummer": 2}, {"onderwerp": noor, "volgnummer": 0}):
        doe(beheerder, zaaksysteem, "herhaal_een", **keuze)
        assert not Bezorging.objects.filter(stand="open").exists()
    antwoord = doe(beheerder, zaaksysteem, "herhaal_een", onderwerp=noor, volgnummer=9)
    assert "niet bezorgd" in antwoord.content.decode()
    doe(beheerder, zaaksysteem, "herhaal_een", onderwerp=noor, volgnummer=2)
    assert Bezorging.objects.get(stand="open").volgnummer == 2


def test_een_regel_die_nee_zegt_wordt_een_melding(beheerder, noor):
    zaaksysteem = abonnement(URL)
    assert "kan nu niet" in doe(beheerder, zaaksysteem, "hervat").content.decode()
    gebeurtenis(noor, 1)
    assert "meer berichten open" in doe(beheerder, zaaksysteem, "trek_in").content.decode()


def test_wie_alleen_mag_kijken_doet_niets(client):
    zaaksysteem = abonnement(URL)
    inloggen(client, "lezer", middel="medewerker")
    doe(client, zaaksysteem, "pauzeer")
    zaaksysteem.refresh_from_db()
    assert zaaksysteem.status == "actief"


def test_een_abonnement_wordt_nooit_verwijderd(beheerder):
    zaaksysteem = abonnement(URL)
    assert beheerder.post(f"{PAD}/{zaaksysteem.pk}/delete/", {"post": "yes"}).status_code == 403


def test_wijzigen_laat_de_stand_van_de_onderbreker_met_rust(beheerder):
    zaaksysteem = abonnement(URL)
    Abonnement.objects.update(mislukt_achtereen=7)
    beheerder.post(f"{PAD}/{zaaksysteem.pk}/change/", NIEUW | {"naam": "Anders"})
    zaaksysteem.refresh_from_db()
    assert (zaaksysteem.naam, zaaksysteem.mislukt_achtereen) == ("Anders", 7)
