"""Hoe het met elke taak op de klok gaat: wanneer zij het laatst lukte, en of zij nu mislukt.

A job that ends is deleted, also one that failed: what stays is counted here and stands in the log.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from procrastinate import App
from procrastinate.job_context import JobContext
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker
from prometheus_client.core import GaugeMetricFamily, Metric

from portal.klanten.bevindingen import Bevinding
from portal.webhooks.cijfers import tel
from portal.webhooks.hartslag import toon_leven
from portal.webhooks.models import Teller

logger = logging.getLogger(__name__)
GELUKT, MISLUKT = "taak_gelukt", "taak_mislukt"


def hang_op(app: App) -> None:
    """PROCRASTINATE_ON_APP_READY: a worker notes how its tasks end, and shows that it works."""
    toon_leven(app)
    app.worker_defaults["task_middleware"] = [
        *(app.worker_defaults.get("task_middleware") or []),
        noteer,
    ]


def noteer(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Run one task; count how it ended when it is on the clock, and log it when it failed."""
    taak = context.job.task_name
    op_de_klok = any(periodiek.task.name == taak for periodiek in _op_de_klok(context.app))
    try:
        uitkomst = call_next()
    except Exception:
        logger.exception("taak.mislukt", extra={"taak": taak})
        if op_de_klok:
            _tel(MISLUKT, taak)
        raise
    if op_de_klok:
        _tel(GELUKT, taak)
    return uitkomst


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Return the tasks whose last run failed."""
    gelukt = dict(Teller.objects.filter(naam=GELUKT).values_list("label", "op"))
    mislukt = Teller.objects.filter(naam=MISLUKT, op__isnull=False)
    return {
        f"taak {rij.label}"[:40]: Bevinding(
            zin=f"de taak {rij.label} mislukte, het laatst op {rij.op:%d-%m-%Y %H:%M} (UTC)",
            doe=f"zoek in het log naar taak.mislukt met taak={rij.label}, en naar stap.mislukt",
        )
        for rij in mislukt
        if rij.op and not (rij.op < (gelukt.get(rij.label) or rij.op))
    }


def cijfers() -> Iterator[Metric]:
    """How long ago each task on the clock went well."""
    nu = timezone.now()
    gelukt = GaugeMetricFamily(
        "taak_laatste_succes_seconden", "seconds since this task went well", labels=["taak"]
    )
    for taak, op in Teller.objects.filter(naam=GELUKT).values_list("label", "op"):
        gelukt.add_metric([taak], max((nu - op).total_seconds(), 0.0) if op else 0.0)
    yield gelukt


def _op_de_klok(app: App) -> list[Any]:
    return list(app.periodic_registry.periodic_tasks.values())


def _tel(naam: str, taak: str) -> None:
    """Counting may fail: the task itself is over."""
    try:
        tel(naam, taak)
    except DatabaseError:
        logger.warning("taak.niet_geteld", extra={"taak": taak})
