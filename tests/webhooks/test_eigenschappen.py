"""Wat er ook in welke volgorde gebeurt, de ontvanger kan erop bouwen: G1 tot en met G5.

Hypothesis thinks of stories: changes, pumps, bad answers, acknowledgements that are not written,
pauses, skips and replays. Afterwards receiver and rows are laid side by side.
"""

import asyncio
import json
import uuid
from collections import defaultdict
from unittest import mock

import psycopg
import pytest
from aiohttp import web
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from portal.webhooks import beheer, herstel
from portal.webhooks.models import Abonnement, Baan, Bezorging
from portal.webhooks.pomp import hek
from portal.webhooks.pomp.bevestiger import Bevestiger
from portal.webhooks.pomp.werker import van_dit_proces
from tests.nep_gemeente.server import Gemeente
from tests.webhooks.conftest import GEHEIM, abonnement, door, gebeurtenis

KLANTEN = st.integers(0, 2)
GEDRAG = st.sampled_from(["goed", "liegt", "500", "422", "429:1", "302"])
STAPPEN = st.one_of(
    st.tuples(st.just("wijzig"), KLANTEN),
    st.tuples(st.just("pomp")),
    st.tuples(st.just("pomp_zonder_databank")),
    st.tuples(st.just("antwoordt"), GEDRAG),
    st.tuples(st.just("antwoordt_bij"), KLANTEN, st.sampled_from(["goed", "422", "liegt"])),
    st.tuples(st.just("pauzeer")),
    st.tuples(st.just("hervat")),
    st.tuples(st.just("sla_over"), KLANTEN),
    st.tuples(st.just("herhaal"), KLANTEN),
)

TWEE = [("wijzig", 0), ("wijzig", 0)]


class Verhaal:
    """Eén abonnement, drie klanten, en wat de stappen ermee doen."""

    def __init__(self, gemeente, werker, zaaksysteem):
        self.gemeente, self.werker, self.id = gemeente, werker, zaaksysteem.pk
        self.klanten = [uuid.uuid4() for _ in range(3)]
        self.versies = defaultdict(int)

    async def wijzig(self, k):
        self.versies[k] += 1
        await sync_to_async(gebeurtenis)(self.klanten[k], self.versies[k])

    async def pomp(self):
        """Alles mag meteen weer: wachttijden worden hier niet beproefd."""
        await sync_to_async(self._nu)()
        await hek.pomp_achter_hek(self.werker, self.id)

    def _nu(self):
        Abonnement.objects.filter(pk=self.id).update(onderbroken_tot=None)
        Baan.objects.filter(abonnement_id=self.id).update(opnieuw_op=timezone.now())

    async def pomp_zonder_databank(self):
        """De post gaat weg, de bevestiging komt niet op schijf."""
        fout = psycopg.OperationalError("weg")
        with mock.patch.object(Bevestiger, "_schrijf", side_effect=fout):
            try:
                await self.pomp()
            except psycopg.OperationalError:
                return

    async def antwoordt(self, gedrag):
        self.gemeente.gedrag["/webhook"] = gedrag

    async def antwoordt_bij(self, k, gedrag):
        self.gemeente.per_onderwerp[str(self.klanten[k])] = gedrag

    async def pauzeer(self):
        await self._beheer(beheer.pauzeer)

    async def hervat(self):
        await self._beheer(beheer.hervat)

    async def sla_over(self, k):
        await self._beheer(herstel.sla_over, self.klanten[k])

    async def herhaal(self, k):
        await self._beheer(herstel.herhaal_onderwerp, self.klanten[k])

    async def _beheer(self, doe, *waarden):
        try:
            await sync_to_async(doe)(self.id, *waarden, door=door())
        except beheer.MagNietNu:
            return

    async def loop_leeg(self):
        self.gemeente.per_onderwerp.clear()
        await self.antwoordt("goed")
        await self.hervat()
        for _ in range(20):
            await self.pomp()
            if not await Baan.objects.filter(abonnement_id=self.id, openstaand__gt=0).aexists():
                return
        raise AssertionError("er bleef iets staan")

    def eis_beloften(self):
        rijen = {
            (str(r.onderwerp), r.volgnummer): r
            for r in Bezorging.objects.filter(abonnement_id=self.id).select_related("gebeurtenis")
        }
        assert {rij.stand for rij in rijen.values()} <= {"bezorgd", "overgeslagen"}
        hoogste, gezien = defaultdict(int), {}
        for regel in reversed(self.gemeente.ontvangen):
            self._eis_regel(regel, rijen, hoogste, gezien)
        bezorgd = {plek for plek, rij in rijen.items() if rij.stand == "bezorgd"}
        assert bezorgd <= set(gezien), "G1: nooit aangekomen"

    @staticmethod
    def _eis_regel(regel, rijen, hoogste, gezien):
        assert regel["uitkomst"] != "handtekening klopt niet"
        bericht = json.loads(regel["inhoud"])
        klant, nummer = bericht["subject"], int(bericht["sequence"])
        rij = rijen[klant, nummer]  # G2: niets verzonnen
        assert rij.gebeurtenis_id is None or str(rij.gebeurtenis_id) == bericht["id"]
        if (klant, nummer) in gezien:
            assert gezien[klant, nummer] == regel["inhoud"], "G4: andere bytes"
            assert regel["herhaling"] or nummer == hoogste[klant], "G4: een oude herhaling"
        else:
            tussen = range(hoogste[klant] + 1, nummer)
            assert nummer > hoogste[klant], "G3: uit de volgorde"
            assert all(rijen[klant, n].stand == "overgeslagen" for n in tussen), "G3: een gat"
        gezien[klant, nummer] = regel["inhoud"]
        hoogste[klant] = max(hoogste[klant], nummer)


async def speel(stappen):
    gemeente = Gemeente(GEHEIM)
    loper = web.AppRunner(gemeente.toepassing(), shutdown_timeout=0.1)
    await loper.setup()
    await web.TCPSite(loper, "127.0.0.1", 0).start()
    adres = f"http://127.0.0.1:{loper.addresses[0][1]}"
    werker = await van_dit_proces()
    try:
        with override_settings(WEBHOOKS_DEMO_ONTVANGERS=[adres]):
            zaaksysteem = await sync_to_async(abonnement)(f"{adres}/webhook", wachttijd=2)
            verhaal = Verhaal(gemeente, werker, zaaksysteem)
            for naam, *waarden in stappen:
                await getattr(verhaal, naam)(*waarden)
            await verhaal.loop_leeg()
            await sync_to_async(verhaal.eis_beloften)()
    finally:
        await werker.sluit()
        await sync_to_async(connections.close_all)()
        await loper.cleanup()


@pytest.mark.lang
@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(stappen=[*TWEE, ("pomp",), ("herhaal", 0), ("wijzig", 0), ("pomp",)])
@example(stappen=[*TWEE, ("antwoordt", "422"), ("pomp",), ("sla_over", 0), ("pomp",)])
@example(stappen=[*TWEE, ("pomp_zonder_databank",), ("wijzig", 0), ("pomp",)])
@example(stappen=[*TWEE, ("antwoordt", "liegt"), ("pomp",), ("antwoordt", "goed"), ("pomp",)])
@given(stappen=st.lists(STAPPEN, min_size=5, max_size=25))
def test_wat_er_ook_gebeurt_de_ontvanger_kan_erop_bouwen(
    socket_enabled, echte_transacties, stappen
):
    stil = mock.patch.object(hek, "wek_pomp", mock.AsyncMock())
    with mock.patch("portal.webhooks.pomp.pomp.TREUZEL", 0.02), stil:
        asyncio.run(speel(stappen))
