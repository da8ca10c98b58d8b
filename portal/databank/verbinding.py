"""A connection that does not wait for ever, and one request that waits longer on purpose."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg.pq import TransactionStatus

DUUR = re.compile(r"([0-9]{1,8})(ms|s|min)?")
SECONDEN = {None: 0.001, "ms": 0.001, "s": 1.0, "min": 60.0}
MARGE = 0.5
"""Seconds that the server gets to end a slow statement itself, before we stop listening."""


class Verbinding(psycopg.Connection[Any]):
    """Stops listening after `geduld` seconds (None: never), and is closed then.

    `statement_timeout` is kept by the server, and `tcp_user_timeout` sees only what nobody took:
    neither ends a wait for a server that hangs, or behind a network that drops its packets.
    """

    geduld: float | None = None
    opgegeven = False

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg; raises OperationalError after `geduld` seconds."""
        try:
            return super().wait(gen, interval, self.geduld if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # no answer came
                self.opgegeven = True
                self.pgconn.finish()
            raise


def geduld(duur: str, proces: str) -> float | None:
    """Return how many seconds a connection of `proces` listens, from its `statement_timeout`.

    Only web gives up: a person waits there. Raises ImproperlyConfigured for what PostgreSQL does
    not read as a duration.
    """
    gelezen = DUUR.fullmatch(duur)
    if gelezen is None:
        raise ImproperlyConfigured(
            f"DB_STATEMENT_TIMEOUT is {duur[:20]!r}; schrijf bijvoorbeeld 4s."
        )
    seconden = int(gelezen[1]) * SECONDEN[gelezen[2]]
    return seconden + MARGE if seconden and proces == "web" else None


@contextmanager
def langer(seconden: float) -> Iterator[None]:
    """Within, listen for `seconden` and the margin: for a statement that may take so long."""
    connection.ensure_connection()
    verbinding = connection.connection
    eerder = verbinding.geduld
    verbinding.geduld = None if eerder is None else max(eerder, seconden + MARGE)
    try:
        yield
    finally:
        verbinding.geduld = eerder
