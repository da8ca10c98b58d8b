"""Wat iemand doet terwijl een wijziging, een herhaling of een veger nog bezig is.

An abonnement that comes, pauses or ends while an edit is open: its numbers have no gap, what it
paused for waits, and after its end nothing is sent any more.
"""

import asyncio
import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

import pytest
from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection, connections, transaction
from django.utils import timezone

from portal.klanten.gevolgen import volg_op
from portal.webhooks import beheer, herstel, opruimen, tasks
from portal.webhooks.models import Baan, Bezorging
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.webhooks.conftest import (
    DAG,
    abonnement,
    door,
    gebeurtenis,
    maak_abonnement,
    maak_gebeurtenis,
    vastgelegd,
)

URL = "https://zaken.waterveen.nl/webhook"
echt = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.lang


@pytest.fixture
def ander():
    """Iemand in een eigen draad, met een eigen verbinding."""
    with ThreadPoolExecutor(1, initializer=close_old_connections) as draad:
        yield draad
        draad.submit(connections.close_all).result()


def terwijl_er_gewijzigd_wordt(ander, onderwerp, versie, doe):
    """De wijziging is verspreid en nog niet vastgelegd als de ander begint."""
    with transaction.atomic():
        gebeurtenis(onderwerp, versie)
        bezig = ander.submit(doe)
        wait([bezig], timeout=0.5)  # hij is klaar, of hij wacht op het slot van de baan
    return bezig.result(timeout=10)


tijdens_een_wijziging = sync_to_async(terwijl_er_gewijzigd_wordt)


def gehoord(zaaksysteem):
    """Nummer en versie van wat voor dit abonnement vastligt."""
    rijen = Bezorging.objects.filter(abonnement=zaaksysteem).order_by("volgnummer")
    return list(rijen.values_list("volgnummer", "gebeurtenis__versie"))


def aangekomen(gemeente):
    return [int(json.loads(r["inhoud"])["sequence"]) for r in reversed(gemeente.ontvangen)]


@pytest.mark.parametrize(("verspreid", "hoort"), [(False, [(1, 1), (2, 2)]), (True, [(1, 2)])])
def test_wie_er_tijdens_een_wijziging_bij_komt_telt_vanaf_een_zonder_gat(
    echte_transacties, ander, noor, verspreid, hoort
):
    was_er_al = abonnement(URL)
    with transaction.atomic():
        rij = vastgelegd(noor, 1)
        if verspreid:
            volg_op(rij)
        nieuw = ander.submit(abonnement, URL).result(timeout=10)
        if not verspreid:
            volg_op(rij)
    gebeurtenis(noor, 2)
    assert gehoord(was_er_al) == [(1, 1), (2, 2)]
    assert gehoord(nieuw) == hoort


async def na_wijzigingen(gemeente, klant, aantal):
    """Een abonnement waarvoor al zoveel wijzigingen van deze klant openstaan."""
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in range(1, aantal + 1):
        await maak_gebeurtenis(klant, versie)
    return zaaksysteem


@echt
@pytest.mark.asyncio
@pytest.mark.parametrize("eerder", [0, 2])
async def test_een_pauze_tijdens_een_wijziging_stuurt_niets_en_verliest_niets(
    werker, gemeente, noor, ander, eerder
):
    zaaksysteem = await na_wijzigingen(gemeente, noor, eerder)

    def pauzeer():
        return beheer.pauzeer(zaaksysteem.pk, door=door())

    await tijdens_een_wijziging(ander, noor, eerder + 1, pauzeer)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert aangekomen(gemeente) == []

    def hervat():
        return beheer.hervat(zaaksysteem.pk, door=door())

    await tijdens_een_wijziging(ander, noor, eerder + 2, hervat)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert aangekomen(gemeente) == list(range(1, eerder + 3))


@echt
@pytest.mark.asyncio
@pytest.mark.parametrize("eerder", [0, 2])
async def test_wie_tijdens_een_wijziging_stopt_krijgt_niets_meer_en_houdt_niets_open(
    werker, gemeente, noor, ander, eerder
):
    zaaksysteem = await na_wijzigingen(gemeente, noor, eerder)

    def trek_in():
        return beheer.trek_in(zaaksysteem.pk, open_gezien=None, door=door())

    await tijdens_een_wijziging(ander, noor, eerder + 1, trek_in)
    await maak_gebeurtenis(noor, eerder + 2)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert aangekomen(gemeente) == []
    assert await Bezorging.objects.acount() == eerder + 1  # na zijn einde kwam er niets bij

    await sync_to_async(opruimen.ruim_ingetrokken_op)(timezone.now())
    assert {rij.stand async for rij in Bezorging.objects.all()} == {"ingetrokken"}
    assert (await Baan.objects.aget()).openstaand == 0


@echt
@pytest.mark.asyncio
@pytest.mark.parametrize(
    "taak", [partial(tasks.veeg, timestamp=0), tasks.verdeel], ids=["veger", "verdeler"]
)
async def test_twee_tegelijk_wekken_elke_pomp_een_keer(werker, noor, monkeypatch, taak):
    nummers = {(await maak_abonnement(URL)).pk for _ in range(3)}
    await maak_gebeurtenis(noor, 1)
    samen, kijk = asyncio.Barrier(2), tasks.aan_de_beurt

    async def allebei_gezien(pool):
        gevonden = await kijk(pool)
        await samen.wait()
        return gevonden

    monkeypatch.setattr(tasks, "aan_de_beurt", allebei_gezien)
    async with asyncio.timeout(10):
        await asyncio.gather(taak(), taak())
    assert await sync_to_async(_wachtende_pompen)() == sorted(
        (f"webhooks.pomp:{nummer}", "todo") for nummer in nummers
    )


def _wachtende_pompen():
    with connection.cursor() as cursor:
        cursor.execute(
            "select queueing_lock, status::text from procrastinate_jobs"
            " where task_name = 'webhooks.pomp' order by queueing_lock"
        )
        return cursor.fetchall()


@echt
@pytest.mark.asyncio
async def test_opruimen_tijdens_een_herhaling_wacht_niet_en_neemt_er_niets_van_weg(
    werker, gemeente, noor, omar, ander, monkeypatch
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for onderwerp in (noor, omar):
        for versie in (1, 2):
            await maak_gebeurtenis(onderwerp, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    gemeente.ontvangen.clear()

    op_slot, verder = threading.Event(), threading.Event()
    schrijf = herstel.leg_vast

    def halverwege(*delen, **meer):
        op_slot.set()
        assert verder.wait(20)
        schrijf(*delen, **meer)

    monkeypatch.setattr(herstel, "leg_vast", halverwege)
    bezig = ander.submit(herstel.herhaal_onderwerp, zaaksysteem.pk, noor, door=door())
    try:
        assert await asyncio.to_thread(op_slot.wait, 20)
        weg = await sync_to_async(_ruim_op_met_haast)(timezone.now() + 31 * DAG)
    finally:
        verder.set()
    assert (weg, await asyncio.wrap_future(bezig)) == (2, 2)  # die van Omar; die van Noor bleven

    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert aangekomen(gemeente) == [1, 2]
    assert {(rij.onderwerp, rij.stand) async for rij in Bezorging.objects.all()} == {
        (noor, "bezorgd")
    }


def _ruim_op_met_haast(op: dt.datetime) -> int:
    """Wie hierin langer dan een halve seconde op een slot wacht, faalt."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '500ms'")
        return opruimen.ruim_bezorgingen_op(op)
