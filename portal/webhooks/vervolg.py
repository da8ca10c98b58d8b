"""Wat een antwoord betekent en wanneer het opnieuw mag: zuivere functies, een tabel.

No clock and no chance in here: `nu` and `kans` (0 to 1) are arguments.
"""

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum

DREMPEL = 5
"""Zoveel fouten van de ontvanger op rij, of zoveel geweigerde banen, en de onderbreker opent."""
OPGEVEN = dt.timedelta(days=14)
HOOGUIT = dt.timedelta(hours=1)
LANGSTE_RUST = dt.timedelta(hours=24)
EERSTE = dt.timedelta(seconds=5)
WACHT_BERICHT = [
    EERSTE,
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
]


class Oordeel(StrEnum):
    """Van wie de fout is, bepaalt wie er wacht."""

    BEZORGD = "bezorgd"
    EINDE = "einde"
    ONTVANGER = "ontvanger"
    BERICHT = "bericht"


@dataclass(frozen=True)
class Vervolg:
    """Het oordeel, en hoe lang de ontvanger om rust vroeg (None: niet)."""

    oordeel: Oordeel
    rust: dt.timedelta | None = None


VAN_DE_ONTVANGER = {408, 425, 429}


def vervolg(status: int | None, retry_after: str | None, nu: dt.datetime) -> Vervolg:
    """Alleen 2xx is aangekomen; 410 is het einde; 4xx raakt één baan; al het andere allemaal.

    `status` None: there was no (whole) answer. Nothing is ever final but 410.
    """
    if status is None:
        return Vervolg(Oordeel.ONTVANGER)
    if 200 <= status < 300:
        return Vervolg(Oordeel.BEZORGD)
    if status == 410:
        return Vervolg(Oordeel.EINDE)
    if status in {429, 503}:
        return Vervolg(Oordeel.ONTVANGER, rust(retry_after, nu))
    if 400 <= status < 500 and status not in VAN_DE_ONTVANGER:
        return Vervolg(Oordeel.BERICHT)
    return Vervolg(Oordeel.ONTVANGER)


def rust(retry_after: str | None, nu: dt.datetime) -> dt.timedelta | None:
    """Seconden of een datum, tussen een seconde en een dag; onleesbaar telt niet."""
    waarde = (retry_after or "").strip()
    try:
        if waarde.isascii() and waarde.isdigit():
            gevraagd = dt.timedelta(seconds=min(int(waarde[:9]), 10**8))
        else:
            moment = parsedate_to_datetime(waarde)
            gevraagd = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)) - nu
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(gevraagd, dt.timedelta(seconds=1)), LANGSTE_RUST)


def wacht_na_weigering(fouten: int, kans: float) -> dt.timedelta:
    """De ontvanger weigert dit bericht voor de `fouten`-de keer (vanaf 1)."""
    stap = WACHT_BERICHT[min(fouten, len(WACHT_BERICHT)) - 1]
    return stap * (1 + 0.3 * kans)


def wacht_na_storing(pogingen: int) -> dt.timedelta:
    """Eén mislukte poging terwijl de onderbreker dicht is: 5 s, 10 s, 20 s ..., hooguit een uur."""
    return min(EERSTE * (1 << min(max(pogingen, 1) - 1, 12)), HOOGUIT)


def onderbreking(mislukt_achtereen: int, kans: float) -> dt.timedelta:
    """Hoe lang de onderbreker open blijft na de `mislukt_achtereen`-de fout (vanaf DREMPEL)."""
    stap = min(EERSTE * (1 << min(max(mislukt_achtereen - DREMPEL, 0), 12)), HOOGUIT)
    return min(stap * (0.7 + 0.6 * kans), HOOGUIT)


def is_open(mislukt_achtereen: int) -> bool:
    """De onderbreker is open: alleen nog een proef met één bericht."""
    return mislukt_achtereen >= DREMPEL
