"""Een mens gaat voor: wat hij opslaat wordt nooit afgebroken omdat de pomp ook een slot wil."""

import asyncio

import psycopg
import pytest
from procrastinate.contrib.django.utils import connector_params

from portal.klanten import gevolgen
from portal.webhooks.models import Bezorging
from portal.webhooks.pomp.bevestiger import Bevestiger, Bezorgd
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis

echt = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
RAAK = "update webhooks_baan set openstaand = openstaand where onderwerp = %s"


@echt[0]
@echt[1]
async def test_wie_twee_klanten_tegelijk_wijzigt_wint_van_de_bevestiger(werker, noor, omar):
    zaaksysteem = await maak_abonnement("https://zaken.waterveen.nl/")
    for wie in (noor, omar):
        await maak_gebeurtenis(wie, 1)
    bevestiger = Bevestiger(werker.pool, zaaksysteem.pk, "proef")
    rijen = [Bezorgd(rij.pk, 204, 1, "") async for rij in Bezorging.objects.all()]

    async with await psycopg.AsyncConnection.connect(**connector_params("default")) as mens:
        await mens.execute(RAAK, [omar])  # de bevestiger neemt noor eerst en wacht dan op omar
        klaar = asyncio.gather(*map(bevestiger.bevestig, rijen))
        await asyncio.sleep(1.3)  # langer dan PostgreSQL wacht voor het naar een knoop zoekt
        await mens.execute(RAAK, [noor])
    await klaar
    await bevestiger.sluit()
    assert {rij.stand async for rij in Bezorging.objects.all()} == {"bezorgd"}


def test_het_logboek_neemt_zijn_slot_voor_de_banen():
    """Twee Gebeurtenissen in een transactie: andersom wachten twee mensen op elkaar."""
    volgorde = list(gevolgen._gevolgen)
    assert volgorde.index("logboek") < volgorde.index("webhooks")
