"""De pomp: alles komt aan, op volgorde, en een bevestiging staat vast voor het volgende gaat."""

import json

import pytest

from portal.webhooks.models import Baan, Bezorging, Poging
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]


def nummers(gemeente, onderwerp):
    """De volgnummers in volgorde van aankomst."""
    berichten = [json.loads(regel["inhoud"]) for regel in reversed(gemeente.ontvangen)]
    return [int(b["sequence"]) for b in berichten if b["subject"] == str(onderwerp)]


async def test_een_wijziging_komt_ondertekend_aan(werker, gemeente, noor):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)

    await pomp_achter_hek(werker, zaaksysteem.pk)

    assert [regel["uitkomst"] for regel in gemeente.ontvangen] == ["nieuw"]
    rij = await Bezorging.objects.aget()
    assert (rij.stand, rij.pogingen, rij.laatste_status) == ("bezorgd", 1, 204)
    assert await Poging.objects.acount() == 1


async def test_elke_klant_op_volgorde(werker, gemeente, noor, omar):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in range(1, 16):
        await maak_gebeurtenis(noor, versie)
        await maak_gebeurtenis(omar, versie)

    await pomp_achter_hek(werker, zaaksysteem.pk)

    assert nummers(gemeente, noor) == nummers(gemeente, omar) == list(range(1, 16))
    assert {baan.openstaand async for baan in Baan.objects.all()} == {0}
