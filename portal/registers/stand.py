"""How each neighbour is doing, for the functional manager; never about whom it was asked."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Count, Min
from django.utils import timezone

from portal.registers import instellingen, onderbreker
from portal.registers.models import Bijwerking, Buurstand

logger = logging.getLogger(__name__)

_laatst: dict[str, str] = {}
"""What this process wrote last: the row is written when it changes, not on every call."""


@dataclass(frozen=True)
class Stand:
    """One line of the page: configured or not, what is missing, working or not and since when.

    `werkt` is None as long as nobody asked this neighbour anything. `rust` says that this
    process is giving it a rest now. `wachtend` is how many subjects it must still hear of, the
    oldest since `wacht_sinds`.
    """

    naam: str
    titel: str
    gekoppeld: bool
    ontbreekt: tuple[str, ...]
    werkt: bool | None
    reden: str
    sinds: datetime | None
    rust: bool
    wachtend: int
    wacht_sinds: datetime | None


def stand() -> list[Stand]:
    """Return the state of every neighbour the product knows, configured or not."""
    rijen = {rij.naam: rij for rij in Buurstand.objects.all()}
    telling = Bijwerking.objects.values("buur").annotate(aantal=Count("pk"), sinds=Min("sinds"))
    wacht = {rij["buur"]: (rij["aantal"], rij["sinds"]) for rij in telling}
    return [
        _regel(naam, rijen.get(naam), *wacht.get(naam, (0, None))) for naam in instellingen.SOORTEN
    ]


def _regel(naam: str, rij: Buurstand | None, wachtend: int, sinds: datetime | None) -> Stand:
    return Stand(
        naam=naam,
        titel=instellingen.SOORTEN[naam].titel,
        gekoppeld=instellingen.is_gekoppeld(naam),
        ontbreekt=instellingen.ontbreekt(naam),
        werkt=None if rij is None else not rij.reden,
        reden=rij.reden if rij else "",
        sinds=rij.sinds if rij else None,
        rust=onderbreker.van(naam).is_open,
        wachtend=wachtend,
        wacht_sinds=sinds,
    )


def leg_vast(naam: str, reden: str) -> None:
    """Remember that this neighbour works (`reden` empty) or why not; a failure here costs nothing.

    The page of a resident never depends on this row.
    """
    if _laatst.get(naam) == reden:
        return
    try:
        with transaction.atomic():
            Buurstand.objects.update_or_create(
                naam=naam, defaults={"reden": reden, "sinds": timezone.now()}
            )
    except DatabaseError:
        logger.warning("buur.stand_niet_bewaard", extra={"buur": naam})
    else:
        _laatst[naam] = reden


def vergeet_alles() -> None:
    """Forget what this process wrote; for tests, whose rows disappear."""
    _laatst.clear()
