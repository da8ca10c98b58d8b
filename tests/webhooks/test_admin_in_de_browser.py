"""De beheerder in een echte browser: zien wat er is, en handelen met een reden."""

import os

import pytest
from django.utils import timezone

from portal.webhooks.models import Abonnement, Baan, Bezorging, Poging
from tests.browser import expect, log_in
from tests.webhooks.conftest import abonnement, gebeurtenis

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def zaaksysteem(portaal, noor):
    """Noor wijzigde drie keer; het eerste bericht is geweigerd en staat in de weg."""
    gemaakt = abonnement("https://zaken.waterveen.nl/webhook", naam="Zaaksysteem")
    for versie in (1, 2, 3):
        gebeurtenis(noor, versie)
    kop = Bezorging.objects.order_by("volgnummer").first()
    Poging.objects.create(
        bezorging=kop, op=timezone.now(), duur_ms=12, status=422, antwoord="onbekend veld",
        werker="proef",
    )  # fmt: skip
    Baan.objects.update(fouten=1, laatste_fout="422", geblokkeerd_sinds=timezone.now())
    Abonnement.objects.update(mislukt_achtereen=6, onderbroken_tot=timezone.now())
    return gemaakt


@pytest.fixture
def beheerpagina(venster, zaaksysteem):
    bladzijde = venster()
    log_in(bladzijde, "beheerder", middel="medewerker")
    bladzijde.goto(f"/beheer/webhooks/abonnement/{zaaksysteem.pk}/change/")
    return bladzijde


def voer_uit(bladzijde, handeling, reden, **velden):
    form = bladzijde.locator('form[action$="/handeling/"]')
    form.locator('[name="handeling"]').select_option(handeling)
    form.locator('[name="reden"]').fill(reden)
    for naam, waarde in velden.items():
        form.locator(f'[name="{naam}"]').fill(waarde)
    form.get_by_role("button", name="Uitvoeren").click()


def test_de_pagina_zegt_wat_er_wacht_waarom_en_wat_er_geantwoord_is(beheerpagina, noor):
    if plaatje := os.environ.get("PLAATJE"):
        beheerpagina.screenshot(path=plaatje, full_page=True)
    stand = beheerpagina.locator('section[aria-labelledby="stand"]')
    for tekst in (
        "3 berichten wachten",
        "het oudste van",
        "volgende proef",
        str(noor),
        "422",
        "onbekend veld",
    ):
        expect(stand).to_contain_text(tekst)


def test_nu_proberen_overslaan_en_herhalen_gaan_met_een_reden(beheerpagina, noor):
    voer_uit(beheerpagina, "probeer_nu", "ontvanger is hersteld")
    expect(beheerpagina.locator(".messagelist")).to_contain_text("Gedaan")
    voer_uit(beheerpagina, "sla_over", "kan niet verwerkt worden", onderwerp=str(noor))
    expect(beheerpagina.locator(".messagelist")).to_contain_text("Gedaan")
    voer_uit(beheerpagina, "herhaal_sinds", "gegevens kwijt bij ontvanger", moment="2026-11-01")
    handelingen = beheerpagina.locator('section[aria-labelledby="stand"]')
    expect(handelingen).to_contain_text("kan niet verwerkt worden")
    assert Abonnement.objects.get().mislukt_achtereen == 0
    assert Bezorging.objects.filter(stand="overgeslagen").count() == 1


def test_zonder_reden_gebeurt_er_niets(beheerpagina):
    voer_uit(beheerpagina, "probeer_nu", "")
    assert Abonnement.objects.get().mislukt_achtereen == 6
