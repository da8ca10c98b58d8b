"""Een ontvanger was lang weg en komt terug: alles, op volgorde, en een ander merkt er niets van."""

import asyncio
from collections import Counter, defaultdict

import pytest
import pytest_asyncio
from aiohttp import web
from asgiref.sync import sync_to_async
from django.db import connection

from portal.webhooks import beheer
from portal.webhooks.models import Abonnement, Baan
from portal.webhooks.pomp import hek
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.bench.webhooks import VUL
from tests.webhooks.conftest import door, maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]
KLANTEN, DIEP = 170, 12
OPEN = KLANTEN * DIEP
"""Deeper than one claim; fewer than the benchmark's 50,000 (tests/bench/webhooks.py)."""


class Ontvangers:
    """Onthoudt per pad, in volgorde van aankomst, wie en welk nummer; `weg` antwoordt 503."""

    def __init__(self):
        self.weg, self.stroom = {"/dood"}, []

    async def post(self, request):
        bericht = await request.json()
        if request.path in self.weg:
            return web.Response(status=503)
        self.stroom.append((request.path, bericht["subject"], int(bericht["sequence"])))
        return web.Response(status=204)

    def per_klant(self, pad):
        """De nummers zoals zij kwamen."""
        klanten = defaultdict(list)
        for hier, klant, nummer in self.stroom:
            if hier == pad:
                klanten[klant].append(nummer)
        return klanten


@pytest_asyncio.fixture
async def ontvangers(settings, monkeypatch):
    async def noteer(nummer, op=None):
        """De test bepaalt wanneer er weer gepompt wordt."""

    monkeypatch.setattr(hek, "wek_pomp", noteer)
    alle = Ontvangers()
    app = web.Application()
    app.router.add_post("/{pad}", alle.post)
    loper = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await loper.setup()
    await web.TCPSite(loper, "127.0.0.1", 0).start()
    alle.adres = f"http://127.0.0.1:{loper.addresses[0][1]}"
    settings.WEBHOOKS_DEMO_ONTVANGERS = [alle.adres]
    yield alle
    await loper.cleanup()


@sync_to_async
def laat_oplopen(zaaksysteem):
    with connection.cursor() as cursor:
        cursor.execute(VUL, {"abonnementen": [zaaksysteem.pk], "klanten": KLANTEN, "diep": DIEP})
        cursor.execute("analyze webhooks_baan, webhooks_bezorging")


async def aantal_open(zaaksysteem):
    return await sync_to_async(beheer.aantal_open)(zaaksysteem)


async def loop_leeg(werker, zaaksysteem):
    for _ in range(10):
        await pomp_achter_hek(werker, zaaksysteem.pk)
        if not await aantal_open(zaaksysteem):
            return
    pytest.fail("er bleef iets staan")


async def test_wat_zich_opstapelde_komt_op_volgorde_en_houdt_een_ander_niet_op(
    werker, ontvangers, noor
):
    dood = await maak_abonnement(f"{ontvangers.adres}/dood", gelijktijdig=5)
    gezond = await maak_abonnement(f"{ontvangers.adres}/gezond")
    await laat_oplopen(dood)
    await pomp_achter_hek(werker, dood.pk)
    assert await aantal_open(dood) == OPEN
    assert (await Abonnement.objects.aget(pk=dood.pk)).onderbroken_tot is not None

    ontvangers.weg.clear()
    await sync_to_async(beheer.probeer_nu)(dood.pk, door=door("de ontvanger is terug"))
    terug = asyncio.create_task(loop_leeg(werker, dood))
    for versie in range(1, 6):
        await maak_gebeurtenis(noor, versie)  # ook voor wie net terug is: achteraan zijn baan
        await pomp_achter_hek(werker, gezond.pk)
    assert not terug.done(), "de berg was er nog toen de gezonde alles had"
    assert ontvangers.per_klant("/gezond") == {str(noor): [1, 2, 3, 4, 5]}
    await terug

    kwamen = ontvangers.per_klant("/dood")
    diep, nieuw = tuple(range(1, DIEP + 1)), (1, 2, 3, 4, 5)
    assert Counter(map(tuple, kwamen.values())) == {diep: KLANTEN, nieuw: 1}
    assert not await Baan.objects.filter(openstaand__gt=0).aexists()
