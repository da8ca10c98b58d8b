"""When a neighbour keeps failing we stop asking for a while, so that our pages stay quick.

Per process: each counts for itself (docs/besluiten 0061). What a person must know about it is
shared through `stand.leg_vast`.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

DREMPEL = 3
RUST_SECONDEN = 30.0
PLAATSEN = 4


@dataclass
class Onderbreker:
    """Three failures in a row open it for 30 s; then one call at a time may try again.

    `plaatsen` is how many calls may be under way together: a slow neighbour never holds all
    threads of the portal.
    """

    klok: Callable[[], float] = time.monotonic
    plaatsen: int = PLAATSEN
    _fouten: int = 0
    _open_tot: float = 0.0
    _bezig: int = 0
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> str:
        """Take a place and return "", or say why not: `onderbroken` or `druk`."""
        with self._slot:
            geopend = self._fouten >= DREMPEL
            if geopend and (self.klok() < self._open_tot or self._bezig):
                return "onderbroken"
            if self._bezig >= self.plaatsen:
                return "druk"
            self._bezig += 1
            return ""

    def eindig(self, *, goed: bool) -> None:
        """Give the place back and count how it went."""
        with self._slot:
            self._bezig -= 1
            self._fouten = 0 if goed else self._fouten + 1
            if self._fouten >= DREMPEL:
                self._open_tot = self.klok() + RUST_SECONDEN

    @property
    def is_open(self) -> bool:
        """Whether calls are being refused now."""
        return self._fouten >= DREMPEL and self.klok() < self._open_tot


_onderbrekers: defaultdict[str, Onderbreker] = defaultdict(Onderbreker)


def van(buur: str) -> Onderbreker:
    """Return the breaker of this neighbour in this process."""
    return _onderbrekers[buur]


def vergeet_alles() -> None:
    """Start afresh; for tests and for a functional manager who repaired a neighbour."""
    _onderbrekers.clear()
