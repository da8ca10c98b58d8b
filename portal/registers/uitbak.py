"""Wat een buur nog moet horen: een rij in de transactie van de handeling, verstuurd door een taak.

A row says only *that* something changed. Who sends it reads the state of that moment, so the order
of events does not matter and nothing personal waits here. Nothing is given up: a neighbour that is
back hears it, a refusal stays visible with its reason (`stand.stand`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Q
from django.db.models.expressions import Combinable

from portal.registers.models import Bijwerking
from portal.registers.verbinding import Buurstoring

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)
EERSTE_WACHT = timedelta(seconds=30)
LANGSTE_WACHT = timedelta(hours=1)


@dataclass(frozen=True)
class Onderwerp:
    """Wat er te doen is: waarover, en op welk moment."""

    id: UUID
    op: datetime


Werk = Callable[[Onderwerp], None]

_werk: dict[str, Werk] = {}


def bij(buur: str, werk: Werk) -> None:
    """Say who brings this neighbour up to date; call it in `apps.ready()`."""
    _werk[buur] = werk


def zet_klaar(buur: str, onderwerp: UUID, *, op: datetime) -> None:
    """Promise that `buur` will hear of this subject; part of the caller's transaction."""
    rij = Bijwerking(buur=buur, onderwerp=onderwerp, sinds=op, na=op)
    Bijwerking.objects.bulk_create(
        [rij],
        update_conflicts=True,
        unique_fields=["buur", "onderwerp"],
        update_fields=["stempel", "na", "pogingen", "reden"],
    )


def werk_af(klok: Callable[[], datetime]) -> int:
    """Do everything that is due; return how many went well.

    `klok` is read for each row: a claim counts from when it is made, not from when the run began.
    """
    gelukt = 0
    while rij := _neem(op := klok()):
        gelukt += _doe(rij, op)
    return gelukt


def wacht_al(buur: Combinable, onderwerp: Combinable) -> Exists:
    """Return the condition that this neighbour was promised this subject, and has not heard yet."""
    return Exists(Bijwerking.objects.filter(buur=buur, onderwerp=onderwerp))


def doe_nu(buur: str, onderwerp: UUID, *, op: datetime) -> None:
    """Promise this one and do it at once, unless a worker has it.

    Raises what went wrong, as a rule a Buurstoring; then it waits here.
    """
    zet_klaar(buur, onderwerp, op=op)
    if rij := _neem(op, Q(buur=buur, onderwerp=onderwerp)):
        _probeer(rij, op)


def _neem(op: datetime, welke: Q = Q()) -> Bijwerking | None:  # noqa: B008 - a Q never changes
    """Claim one row; another worker passes over it, and takes it again when we died."""
    vrij = Q(geclaimd_tot=None) | Q(geclaimd_tot__lt=op)
    with transaction.atomic():
        rij = (
            Bijwerking.objects.select_for_update(skip_locked=True)
            .filter(vrij, welke, na__lte=op, buur__in=_werk)
            .order_by("na", "pk")
            .first()
        )
        if rij:
            rij.geclaimd_tot = op + CLAIM
            rij.pogingen += 1
            rij.save(update_fields=["geclaimd_tot", "pogingen"])
        return rij


def _doe(rij: Bijwerking, op: datetime) -> bool:
    try:
        _probeer(rij, op)
    except Buurstoring:
        return False
    return True


def _probeer(rij: Bijwerking, op: datetime) -> None:
    try:
        _werk[rij.buur](Onderwerp(rij.onderwerp, op))
    except Exception as fout:
        _later(rij, op, fout.reden if isinstance(fout, Buurstoring) else "onverwacht")
        raise
    with transaction.atomic():
        Bijwerking.objects.filter(pk=rij.pk, stempel=rij.stempel).delete()
        Bijwerking.objects.filter(pk=rij.pk).update(geclaimd_tot=None)


def _later(rij: Bijwerking, op: datetime, reden: str) -> None:
    wacht = min(EERSTE_WACHT * 2 ** min(rij.pogingen - 1, 10), LANGSTE_WACHT)
    Bijwerking.objects.filter(pk=rij.pk).update(na=op + wacht, geclaimd_tot=None, reden=reden)
    logger.warning("buur.bijwerken_uitgesteld", extra={"buur": rij.buur, "reden": reden})
