"""The pace a receiver allows: so many messages a minute, spread evenly."""

import time


class Tempo:
    """Kept per abonnement and process, so that a new pump does not start with a burst."""

    def __init__(self) -> None:
        self._volgende = 0.0

    def vrij(self, per_minuut: int | None) -> bool:
        """May a message leave now?"""
        return not per_minuut or time.monotonic() >= self._volgende

    def neem(self, per_minuut: int | None) -> None:
        """One message leaves; the next may a share of a minute later."""
        if per_minuut:
            self._volgende = time.monotonic() + 60 / per_minuut
