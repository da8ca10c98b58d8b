"""Django's PostgreSQL with our connection; Django wants this name of a module (ENGINE)."""

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from portal.databank.verbinding import Verbinding

PROEF = 1.0
"""Seconds in which a connection that was idle shows that it lives; connecting takes three more."""
RUST = 1.0
"""Seconds after giving up in which this thread does not try again: its request answers now."""


class DatabaseWrapper(base.DatabaseWrapper):
    """No query waits longer than `geduld` of OPTIONS (seconds, None: for ever)."""

    _dicht_tot = 0.0

    @property
    def _geduld(self) -> float | None:
        geduld: float | None = self.settings_dict["OPTIONS"].get("geduld")
        return geduld

    def get_connection_params(self) -> dict[str, Any]:
        """What libpq knows; others (procrastinate, the pumps) connect with this too."""
        params: dict[str, Any] = super().get_connection_params()
        params.pop("geduld", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Verbinding:
        """Connect once; raises psycopg.OperationalError, at once when we just gave up."""
        if time.monotonic() < self._dicht_tot:
            raise psycopg.OperationalError("the database did not answer a moment ago")
        self.isolation_level = IsolationLevel.READ_COMMITTED
        try:
            verbinding = Verbinding.connect(**conn_params)
        except psycopg.OperationalError:
            self._geef_op()
            raise
        verbinding.geduld = self._geduld
        return verbinding

    def is_usable(self) -> bool:
        """A connection that does not answer within PROEF is replaced, as one that is broken."""
        verbinding = self.connection
        if verbinding is None or verbinding.geduld is None:
            return super().is_usable()
        verbinding.geduld, eerder = PROEF, verbinding.geduld
        bruikbaar = super().is_usable()
        verbinding.geduld, verbinding.opgegeven = eerder, False
        return bruikbaar

    def close(self) -> None:
        """Close, and remember that this connection never answered."""
        if self.connection is not None and self.connection.opgegeven:
            self._geef_op()
        super().close()

    def _geef_op(self) -> None:
        if self._geduld is not None:
            self._dicht_tot = time.monotonic() + RUST
