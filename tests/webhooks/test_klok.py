"""Een klok die niet klopt: de ontvanger weigert, en als zij weer klopt komt alles alsnog."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.webhooks.models import Baan, Poging
from portal.webhooks.pomp import hek, zending
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]


@pytest.fixture
def niet_vanzelf(monkeypatch):
    async def niets(nummer, op=None):
        return None

    monkeypatch.setattr(hek, "wek_pomp", niets)


@pytest.mark.parametrize("minuten", [-10, 10])
async def test_tien_minuten_mis_is_een_weigering_en_geen_verlies(
    werker, gemeente, noor, niet_vanzelf, monkeypatch, minuten
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in (1, 2):
        await maak_gebeurtenis(noor, versie)
    echt, mis = zending.koppen, dt.timedelta(minutes=minuten)
    with monkeypatch.context() as werker_met_een_verkeerde_klok:
        werker_met_een_verkeerde_klok.setattr(
            zending, "koppen", lambda *, op, **meer: echt(op=op + mis, **meer)
        )
        await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Poging.objects.aget()).status == 401
    assert (await Baan.objects.aget()).openstaand == 2

    await Baan.objects.aupdate(opnieuw_op=timezone.now())
    await pomp_achter_hek(werker, zaaksysteem.pk)
    uitkomsten = [regel["uitkomst"] for regel in reversed(gemeente.ontvangen)]
    assert uitkomsten == ["handtekening klopt niet", "nieuw", "nieuw"]


@pytest.mark.parametrize("minuten", [-10, 10])
async def test_termijnen_zijn_van_de_klok_van_de_databank(
    werker, gemeente, noor, niet_vanzelf, time_machine, minuten
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    gemeente.gedrag["/webhook"] = "422"
    nu = dt.datetime.now(dt.UTC)
    time_machine.move_to(nu + dt.timedelta(minutes=minuten))
    await pomp_achter_hek(werker, zaaksysteem.pk)
    wacht = (await Baan.objects.aget()).opnieuw_op - nu
    assert dt.timedelta(0) < wacht < dt.timedelta(seconds=60)
