"""The tasks of procrastinate: it wakes, keeps the clock and spreads; the rows are the truth.

One `pomp` per abonnement, never a job per Bezorging, and never a `lock`: a killed worker would
leave it standing.
"""

import logging
from functools import partial
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from portal.klanten.stappen import doe_elke_stap
from portal.webhooks import alarm, opruimen
from portal.webhooks.pomp.hek import pomp_achter_hek
from portal.webhooks.pomp.tijden import VASTGELOPEN
from portal.webhooks.pomp.wekker import (
    aan_de_beurt,
    hervat_vanzelf,
    noteer_veeg,
    noteer_vol,
    wek_pomp,
)
from portal.webhooks.pomp.werker import van_dit_proces
from portal.webhooks.wacht import wek_wacht_vanuit_de_pomp

logger = logging.getLogger(__name__)


async def ken_de_plaatsen(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Say so when this pump took the last place: hanging receivers then hold up the others."""
    bezet = len(worker._running_jobs)  # this one included; there is no public word for it
    if bezet >= worker.concurrency and await noteer_vol((await van_dit_proces()).pool):
        logger.error("webhook.plaatsen_vol", extra={"plaatsen": worker.concurrency})
        await wek_wacht_vanuit_de_pomp()
    return await call_next()


async def ken_het_einde(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Let a pump see that its worker was told to stop, so that it finishes and starts no more."""
    werker = await van_dit_proces()
    werker.stopt = worker._stop_event.is_set  # there is no public word for it
    return await call_next()


@app.task(name="webhooks.pomp", queue="webhooks", task_middleware=[ken_het_einde, ken_de_plaatsen])
async def pomp(abonnement: int) -> None:
    """Deliver what is due for one abonnement, behind its fence."""
    await pomp_achter_hek(await van_dit_proces(), abonnement)


@app.task(name="webhooks.verdeel", queue="veeg", priority=10)
async def verdeel() -> None:
    """Wake a pump for each abonnement that has work and no pump."""
    werker = await van_dit_proces()
    werker.kijker.kijk_nu()
    for abonnement in await aan_de_beurt(werker.pool):
        await wek_pomp(abonnement)


@app.periodic(cron="* * * * * */3", periodic_id="webhooks.veeg")
@app.task(name="webhooks.veeg", queue="veeg", queueing_lock="webhooks.veeg", priority=10)
async def veeg(timestamp: int) -> None:
    """Every 3 s (the seconds of this cron come last): dead jobs away, then as `verdeel`."""
    werker = await van_dit_proces()
    await _verwijder_vastgelopen()
    await hervat_vanzelf(werker.pool)
    gevonden = await aan_de_beurt(werker.pool)
    await noteer_veeg(werker.pool, vergeten=sum(gevonden.values()))
    for abonnement in gevonden:
        await wek_pomp(abonnement)


async def _verwijder_vastgelopen() -> None:
    """Delete what a dead worker left; put back it would collide with its own queueing_lock."""
    for taak in ("webhooks.pomp", "webhooks.verdeel", "webhooks.veeg"):
        for job in await app.job_manager.get_stalled_jobs(
            task_name=taak, seconds_since_heartbeat=VASTGELOPEN
        ):
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="17 * * * *", periodic_id="webhooks.waarschuw")
@app.task(name="webhooks.waarschuw", queue="veeg", queueing_lock="webhooks.waarschuw")
def waarschuw(timestamp: int) -> None:
    """Every hour: mail about receivers that take nothing, and what the manager must know."""
    doe_elke_stap(partial(alarm.waarschuw, timezone.now()), alarm.waarschuw_beheer)


@app.periodic(cron="23 3 * * *", periodic_id="webhooks.ruim_op")
@app.task(name="webhooks.ruim_op", queue="veeg", queueing_lock="webhooks.ruim_op")
def ruim_op(timestamp: int) -> None:
    """Every night: what has served its time goes; then mail, which may fail."""
    nu = timezone.now()
    doe_elke_stap(
        partial(opruimen.ruim_ingetrokken_op, nu),
        partial(opruimen.ruim_bezorgingen_op, nu),
        opruimen.ruim_banen_op,
        partial(alarm.waarschuw_dagelijks, nu),
    )
