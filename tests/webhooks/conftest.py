"""Een abonnement op een echte ontvanger, en een pomp in dit proces."""

import datetime as dt
import uuid

import pytest
import pytest_asyncio
from aiohttp import web
from asgiref.sync import sync_to_async
from django.db import connections, transaction
from django.utils import timezone

from portal.klanten.gevolgen import volg_op
from portal.klanten.models import Gebeurtenis
from portal.webhooks import beheer
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.pomp.werker import van_dit_proces
from tests.mensen import WATERVEEN
from tests.nep_gemeente.server import Gemeente

GEHEIM = "whsec_Z2VoZWltLXZhbi13YXRlcnZlZW4temFha3N5c3RlZW0="


def door(reden="afgesproken met de gemeente", op=None):
    return beheer.Door(wie="test", reden=reden, op=op or timezone.now())


def abonnement(url, **keuzes):
    gegevens = Abonnementgegevens(
        naam=keuzes.pop("naam", "zaaksysteem"),
        contact="zaaksysteem@waterveen.example",
        url=url,
        bronorganisatie=WATERVEEN,
        **keuzes,
    )
    gemaakt, _ = beheer.maak(gegevens, door=door(), geheim=GEHEIM)
    return beheer.bevestig(gemaakt.pk, door=door())


def vastgelegd(onderwerp, versie, *, soort=Gebeurtenis.Soort.GEWIJZIGD, velden=("emailadres",)):
    """Alleen de rij van de Gebeurtenis, nog zonder gevolgen."""
    return Gebeurtenis.objects.create(
        soort=soort,
        bronorganisatie=WATERVEEN,
        onderwerp=onderwerp,
        subjectsoort="natuurlijk_persoon",
        versie=versie,
        velden=sorted(velden),
        gebeurd_op=timezone.now(),
    )


def gebeurtenis(onderwerp, versie, **keuzes):
    """Een vastgelegde wijziging met haar gevolgen, zoals een handeling die maakt."""
    with transaction.atomic():
        rij = vastgelegd(onderwerp, versie, **keuzes)
        volg_op(rij)
    return rij


@pytest.fixture
def noor():
    """Het onderwerp van de klant Noor."""
    return uuid.UUID("7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001")


@pytest.fixture
def omar():
    """Het onderwerp van de klant Omar."""
    return uuid.UUID("7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a002")


@pytest_asyncio.fixture
async def gemeente(settings):
    """Een ontvanger die draait; `gemeente.url` is zijn adres."""
    ontvanger = Gemeente(GEHEIM)
    loper = web.AppRunner(ontvanger.toepassing(), handler_cancellation=True, shutdown_timeout=0.1)
    await loper.setup()
    plek = web.TCPSite(loper, "127.0.0.1", 0)
    await plek.start()
    poort = loper.addresses[0][1]
    settings.WEBHOOKS_DEMO_ONTVANGERS = [f"http://127.0.0.1:{poort}"]
    ontvanger.url = f"http://127.0.0.1:{poort}/webhook"
    yield ontvanger
    await loper.cleanup()


@pytest_asyncio.fixture
async def werker(echte_transacties, monkeypatch):
    """De werker van deze test; hij treuzelt niet, want dan wacht elke test op niets."""
    monkeypatch.setattr("portal.webhooks.pomp.pomp.TREUZEL", 0.05)
    deze = await van_dit_proces()
    yield deze
    await deze.sluit()
    await sync_to_async(connections.close_all)()


maak_abonnement = sync_to_async(abonnement)
maak_gebeurtenis = sync_to_async(gebeurtenis)
DAG = dt.timedelta(days=1)
