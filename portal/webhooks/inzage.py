"""Wat de klant mag weten: aan wie zijn wijzigingen zijn doorgegeven, en wanneer."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from portal.webhooks.models import Bezorging


@dataclass(frozen=True, kw_only=True)
class Doorgifte:
    """Eén wijziging aan één ontvanger; `bezorgd_op` None: nog niet aangekomen."""

    ontvanger: str
    soort: str
    versie: int
    velden: tuple[str, ...]
    gebeurd_op: dt.datetime
    bezorgd_op: dt.datetime | None


def doorgegeven(onderwerp: UUID, *, hooguit: int = 200) -> list[Doorgifte]:
    """P11: alle doorgiften van één klant, de nieuwste eerst; overgeslagen telt niet."""
    rijen = (
        Bezorging.objects.filter(
            onderwerp=onderwerp,
            gebeurtenis__isnull=False,
            stand__in=[Bezorging.Stand.OPEN, Bezorging.Stand.BEZORGD],
        )
        .select_related("abonnement", "gebeurtenis")
        .order_by("-gebeurtenis__gebeurd_op", "abonnement__naam")[:hooguit]
    )
    return [_doorgifte(rij) for rij in rijen]


def _doorgifte(rij: Bezorging) -> Doorgifte:
    gebeurtenis = rij.gebeurtenis
    assert gebeurtenis is not None  # noqa: S101 - gefilterd in de vraag
    return Doorgifte(
        ontvanger=rij.abonnement.naam,
        soort=gebeurtenis.soort,
        versie=gebeurtenis.versie,
        velden=tuple(gebeurtenis.velden),
        gebeurd_op=gebeurtenis.gebeurd_op,
        bezorgd_op=rij.afgehandeld_op,
    )
