"""Wat de beheerder van de server moet weten: elk pakket zegt het zelf, `webhooks.alarm` mailt het.

A finding names what is wrong and what to do about it; never a klant, an address or a value.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

logger = logging.getLogger(__name__)

DAGEN_TEVOREN = (30, 7, 1, 0)
"""Wat verloopt, wordt bij elk van deze aantallen dagen een keer gemeld; 0 is verlopen."""


@dataclass(frozen=True, kw_only=True)
class Bevinding:
    """Eén ding dat mis is of mis gaat; met `eens` komt het niet elke dag terug."""

    zin: str
    doe: str
    eens: bool = False


Bron = Callable[[datetime], Mapping[str, Bevinding]]
"""Geeft per soort (hooguit 40 tekens) een bevinding; dezelfde soort is hetzelfde nieuws."""

_bronnen: dict[str, Bron] = {}


def bij(naam: str, bron: Bron) -> None:
    """Hang een bron aan de haak; roep dit aan in `apps.ready()`."""
    _bronnen[naam] = bron


def alle(op: datetime) -> dict[str, Bevinding]:
    """Return what every source finds at `op`; a source that fails is a finding itself."""
    gevonden: dict[str, Bevinding] = {}
    for naam, bron in _bronnen.items():
        try:
            gevonden |= bron(op)
        except Exception as fout:
            logger.exception("bevindingen.mislukt", extra={"bron": naam})
            gevonden[f"bron {naam}"] = Bevinding(
                zin=f"de wacht kan {naam} niet nakijken ({type(fout).__name__})",
                doe="zoek in het log naar bevindingen.mislukt",
            )
    return gevonden


def drempel(einde: datetime, op: datetime, dagen: Collection[int] = DAGEN_TEVOREN) -> int | None:
    """Return the smallest of `dagen` that is reached at `op`, or None while `einde` is far away.

    It follows from the moment alone: a night that failed skips nothing.
    """
    over = (einde - op).days
    return min((grens for grens in dagen if over <= grens), default=None)


def vervalt(wat: str, einde: datetime, op: datetime, doe: str) -> dict[str, Bevinding]:
    """Return the finding about something that ends, said once at each of DAGEN_TEVOREN.

    `wat` is at most 36 characters and names no person.
    """
    grens = drempel(einde, op)
    if grens is None:
        return {}
    zin = f"{wat} is verlopen" if einde <= op else f"{wat} verloopt op {einde:%d-%m-%Y %H:%M} (UTC)"
    soort = f"{wat} {-1 if einde <= op else grens}"
    return {soort: Bevinding(zin=zin, doe=doe, eens=True)}
