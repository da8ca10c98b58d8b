"""Elke valkuil van de bezorging heeft hier (of waar zijn naam staat) een test die rood wordt.

Elsewhere: number under the row lock and wake-up after COMMIT (test_verspreiding), signatures in UTC
and golden bodies (test_bericht), DNS is never final (test_fouten), the fence before skip and replay
(test_herstel), an edit, a sweep or a purge beside somebody else's act (test_naast_elkaar), a full
worker (test_toestand), frozen workers, lost wake-ups and a lost database (tests/storingen).
"""

import asyncio
import os
import socket
import time
from itertools import pairwise
from pathlib import Path
from unittest.mock import AsyncMock

import psycopg
import pytest
import yaml
from asgiref.sync import sync_to_async
from croniter import croniter
from django.conf import settings as instellingen
from django.db import connection, transaction
from procrastinate.contrib.django import app

from portal import gezondheid
from portal.webhooks import tasks
from portal.webhooks.models import Bezorging
from portal.webhooks.pomp import bevestiger, hek, pomp, slot, uitgang
from portal.webhooks.pomp.hek import pomp_achter_hek
from portal.webhooks.pomp.tijden import HEK
from portal.webhooks.pomp.wekker import aan_de_beurt
from tests.webhooks.conftest import (
    abonnement,
    gebeurtenis,
    maak_abonnement,
    maak_gebeurtenis,
)

pytestmark = pytest.mark.lang

BASIS = Path(__file__).resolve().parents[2]
echt = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gewekt(monkeypatch):
    """Onthoudt voor welk moment een nieuwe pomp gevraagd werd."""
    momenten = []

    async def noteer(nummer, op=None):
        momenten.append(op)

    monkeypatch.setattr(hek, "wek_pomp", noteer)
    return momenten


@echt
@pytest.mark.asyncio
async def test_1_een_afgebroken_pomp_vergeet_geen_bevestiging(
    werker, gemeente, noor, gewekt, monkeypatch
):
    onderweg, schrijf = asyncio.Event(), bevestiger.Bevestiger._schrijf

    async def traag(self, groep):
        onderweg.set()
        await asyncio.sleep(0.2)
        return await schrijf(self, groep)

    monkeypatch.setattr(bevestiger.Bevestiger, "_schrijf", traag)
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    taak = asyncio.create_task(pomp_achter_hek(werker, zaaksysteem.pk))
    await onderweg.wait()
    taak.cancel()
    await asyncio.wait([taak])
    assert (await Bezorging.objects.aget()).stand == "bezorgd"


def test_2_de_veger_loopt_elke_drie_seconden():
    (veger,) = (p for p in app.periodic_registry.periodic_tasks.values() if p.task is tasks.veeg)
    momenten = croniter(veger.cron, 1_800_000_000.0)
    keren = [momenten.get_next(float) for _ in range(5)]
    assert [b - a for a, b in pairwise(keren)] == [3.0] * 4


@echt
@pytest.mark.asyncio
@pytest.mark.parametrize("cijfers_lukken", [True, False])
async def test_3_wat_net_voor_het_openen_van_het_hek_kwam_krijgt_een_nieuwe_pomp(
    werker, gemeente, noor, gewekt, monkeypatch, cijfers_lukken
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    geef_terug = werker.slot.geef_terug

    async def te_laat(nummer):
        await maak_gebeurtenis(noor, 1)  # de verdeler ziet een dicht hek en laat het aan de pomp
        await geef_terug(nummer)

    monkeypatch.setattr(werker.slot, "geef_terug", te_laat)
    if cijfers_lukken:
        await pomp_achter_hek(werker, zaaksysteem.pk)
    else:
        monkeypatch.setattr(werker.cijfers, "schrijf", AsyncMock(side_effect=psycopg.Error))
        with pytest.raises(psycopg.Error):
            await pomp_achter_hek(werker, zaaksysteem.pk)
    assert gewekt == [None]


@echt
def test_5_in_de_transactie_van_de_handeling_wordt_niemand_gewekt(echte_transacties, noor):
    abonnement("https://zaken.waterveen.nl/")
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    with transaction.atomic():
        gebeurtenis(noor, 1)
        assert _taken() == 0
    assert _taken() == 1


def _taken():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        return cursor.fetchone()[0]


def test_6_en_8_de_werker_wordt_altijd_herstart_en_de_gezondheid_vraagt_plpgsql():
    diensten = yaml.safe_load((BASIS / "docker-compose.yml").read_text())["services"]
    werkers = [d for d in diensten.values() if "procrastinate" in str(d.get("command", ""))]
    assert {w["restart"] for w in werkers} <= {"always", "unless-stopped"}
    assert werkers
    assert gezondheid.PLPGSQL.startswith("do $$ begin")


@echt
@pytest.mark.asyncio
async def test_7_een_sessieslot_lukt_twee_keer_daarom_houdt_het_proces_zelf_bij_wie_pompt(
    werker, gemeente, noor, gewekt
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    assert await werker.slot.neem(zaaksysteem.pk)
    assert await werker.slot.neem(zaaksysteem.pk), "de databank houdt de tweede niet tegen"
    for _ in range(2):
        await werker.slot.geef_terug(zaaksysteem.pk)
    for versie in range(1, 6):
        await maak_gebeurtenis(noor, versie)
    await asyncio.gather(*(pomp_achter_hek(werker, zaaksysteem.pk) for _ in range(3)))
    assert [regel["uitkomst"] for regel in gemeente.ontvangen] == ["nieuw"] * 5


def test_10_en_13_een_taak_per_abonnement_zonder_slot_en_plaatsen_genoeg():
    assert tasks.pomp.lock is None
    assert {t for t in app.tasks if t.startswith("webhooks.")} == {
        "webhooks.pomp", "webhooks.verdeel", "webhooks.veeg", "webhooks.waarschuw",
        "webhooks.ruim_op",
    }  # fmt: skip
    assert instellingen.PROCRASTINATE_WORKER_DEFAULTS["concurrency"] >= 100


@echt
@pytest.mark.asyncio
async def test_11_een_taak_van_een_dode_werker_gaat_weg_en_het_werk_gaat_door(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await sync_to_async(_laat_vastlopen)(zaaksysteem.pk)
    await tasks.veeg(timestamp=0)
    taken = await sync_to_async(_pomptaken)()
    assert taken == [("todo", f"webhooks.pomp:{zaaksysteem.pk}")]


def _laat_vastlopen(nummer):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat)"
            " values (now() - interval '1 minute') returning id"
        )
        werker = cursor.fetchone()[0]
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, worker_id,"
            " queueing_lock, args) values ('webhooks', 'webhooks.pomp', 'doing', %s, %s, '{}')",
            [werker, f"webhooks.pomp:{nummer}"],
        )


def _pomptaken():
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, queueing_lock from procrastinate_jobs"
            " where task_name = 'webhooks.pomp'"
        )
        return cursor.fetchall()


class Zwijgend:
    """Een verbinding die na haar eerste antwoord nooit meer iets zegt."""

    closed = False

    def __init__(self):
        self._antwoorden = [True]

    async def execute(self, *vraag):
        if not self._antwoorden:
            await asyncio.Event().wait()
        return self

    async def fetchone(self):
        return [self._antwoorden.pop()]

    async def close(self):
        self.closed = True


@pytest.mark.asyncio
async def test_14_een_databank_die_niet_antwoordt_stopt_de_pompen(monkeypatch):
    monkeypatch.setattr(slot, "WAAK", 0.05)
    monkeypatch.setattr(slot, "WAAK_GEDULD", 0.2)
    verbinding = Zwijgend()

    async def verbind():
        return verbinding

    houder = slot.Slot(verbind)
    assert await houder.neem(999)
    assert houder.zeker
    houder.pompen[999] = eeuwig = asyncio.create_task(asyncio.sleep(3600))
    waker = asyncio.create_task(houder.waak())
    await asyncio.wait([eeuwig], timeout=5)
    assert eeuwig.cancelled()
    assert (houder.zeker, verbinding.closed) == (False, True)
    waker.cancel()
    await asyncio.wait([waker])


@echt
@pytest.mark.asyncio
async def test_14_een_zwart_gat_valt_de_verbindingen_van_de_werker_op(werker):
    """What the kernel was told: a network that drops every packet ends them too."""
    async with await werker._verbind_slot() as slotverbinding, werker.pool.connection() as gewone:
        gezien = [_geduld_van_de_kernel(v.fileno()) for v in (slotverbinding, gewone)]
    assert gezien == [(1, 5, 2, 3, 10_000)] * 2


def _geduld_van_de_kernel(nummer):
    with socket.socket(fileno=os.dup(nummer)) as lijn:
        tcp = (
            socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT,
        )  # fmt: skip
        levend = lijn.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        return (levend, *(lijn.getsockopt(socket.IPPROTO_TCP, keuze) for keuze in tcp))


@echt
@pytest.mark.asyncio
async def test_15_achter_het_hek_van_een_ander_vertrekt_er_niets(werker, gemeente, noor, gewekt):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    async with await werker._verbind_slot() as ander:
        await ander.execute("select pg_advisory_lock(%s, %s)", [HEK, zaaksysteem.pk])
        await pomp_achter_hek(werker, zaaksysteem.pk)
        assert not gemeente.ontvangen
        await ander.execute("select pg_advisory_unlock(%s, %s)", [HEK, zaaksysteem.pk])
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert len(gemeente.ontvangen) == 1


@pytest.mark.asyncio
async def test_18_een_verbinding_leeft_hooguit_vijf_minuten_en_een_naam_een(monkeypatch):
    uit = uitgang.Uitgang(())
    eerste = uit.sessie(demo=False)
    assert eerste.connector._cached_hosts._ttl == 60
    assert uit.sessie(demo=False) is eerste
    nu = time.monotonic()
    monkeypatch.setattr(uitgang.time, "monotonic", lambda: nu + 301)
    assert uit.sessie(demo=False) is not eerste
    await uit.sluit()
    assert eerste.closed


@echt
@pytest.mark.asyncio
async def test_zonder_zekere_huur_vertrekt_er_niets(werker, gemeente, noor, gewekt, monkeypatch):
    monkeypatch.setattr(slot, "HUUR_ZEKER", -1.0)
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert not gemeente.ontvangen


@echt
@pytest.mark.asyncio
async def test_wie_ingehaald_is_stopt_en_telt_niet_dubbel(
    werker, gemeente, noor, gewekt, monkeypatch
):
    echte_post = pomp.bezorg

    async def ander_was_eerder(*delen):
        antwoord = await echte_post(*delen)
        await Bezorging.objects.filter(volgnummer=1).aupdate(stand="bezorgd")
        return antwoord

    monkeypatch.setattr(pomp, "bezorg", ander_was_eerder)
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in (1, 2):
        await maak_gebeurtenis(noor, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert len(gemeente.ontvangen) == 1
    assert (await Bezorging.objects.aget(volgnummer=2)).stand == "open"


@echt
@pytest.mark.asyncio
async def test_de_verdeler_slaat_over_wie_al_gepompt_wordt_of_niets_heeft(werker, gemeente, noor):
    met_werk = await maak_abonnement(gemeente.url)
    zonder = await maak_abonnement(gemeente.url, soorten=["klant.verwijderd"])
    await maak_gebeurtenis(noor, 1)
    assert set(await aan_de_beurt(werker.pool)) == {met_werk.pk}
    assert await werker.slot.neem(met_werk.pk)
    assert not await aan_de_beurt(werker.pool)
    await werker.slot.geef_terug(met_werk.pk)
    assert zonder.pk not in await aan_de_beurt(werker.pool)
