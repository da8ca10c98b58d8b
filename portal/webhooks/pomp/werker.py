"""What one worker process shares between its pumps: pool, fence, way out; one per event loop."""

import asyncio
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from procrastinate.contrib.django.utils import connector_params
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from portal import sporen
from portal.webhooks.bestemming import toegestane_netten
from portal.webhooks.pomp.aanmelding import Aanmelding
from portal.webhooks.pomp.cijfers import Cijfers
from portal.webhooks.pomp.kijker import Kijker
from portal.webhooks.pomp.slot import Slot
from portal.webhooks.pomp.tempo import Tempo
from portal.webhooks.pomp.tijden import HUUR, VERS, VOORRANG_MS
from portal.webhooks.pomp.uitgang import Uitgang


def verbinding(naam: str, **opties: str) -> dict[str, Any]:
    """Parameters of a direct connection: no pooler, which would lose locks and LISTEN."""
    params = connector_params("default") | {"prepare_threshold": 5}
    alles = {"statement_timeout": "30s", "lock_timeout": "5s", **opties}
    params["options"] = " ".join(f"-c {sleutel}={waarde}" for sleutel, waarde in alles.items())
    return {**params, "application_name": naam}


class Werker:
    """Made at the first pump; its guard task closes everything when the loop ends."""

    def __init__(self) -> None:
        self.naam = f"{socket.gethostname()}:{os.getpid()}"[:60]
        self._gebruikt: WeakKeyDictionary[AsyncConnection, float] = WeakKeyDictionary()
        self.pool = AsyncConnectionPool(
            kwargs=verbinding("werker", lock_timeout=f"{VOORRANG_MS}ms") | {"autocommit": True},
            min_size=4,
            max_size=10,
            open=False,
            check=self._eis_levend,
            reset=self._onthoud_gebruik,
        )
        self.kijker = Kijker(self.pool)
        self.slot = Slot(self._verbind_slot)
        self.uitgang = Uitgang(toegestane_netten())
        self.aanmelding = Aanmelding(self.uitgang)
        self.cijfers = Cijfers()
        self.stopt: Callable[[], bool] = lambda: False
        self._tempo: dict[int, Tempo] = {}
        self._waker: asyncio.Task[None] | None = None

    def tempo(self, abonnement: int) -> Tempo:
        """Return the pace of one abonnement, kept between its pumps."""
        return self._tempo.setdefault(abonnement, Tempo())

    async def _onthoud_gebruik(self, verbinding: AsyncConnection) -> None:
        self._gebruikt[verbinding] = time.monotonic()

    async def _eis_levend(self, verbinding: AsyncConnection) -> None:
        """Ask a connection that was idle for a second whether it lives; a busy one just did."""
        if time.monotonic() - self._gebruikt.get(verbinding, 0.0) > VERS:
            await AsyncConnectionPool.check_connection(verbinding)

    @staticmethod
    async def _verbind_slot() -> AsyncConnection:
        return await AsyncConnection.connect(
            **verbinding("werker-slot", idle_session_timeout=f"{HUUR}s"), autocommit=True
        )

    async def open(self) -> None:
        """Open the pool and set the guard."""
        await self.pool.open()
        self._waker = asyncio.create_task(self._waak())

    async def _waak(self) -> None:
        try:
            await self.slot.waak()
        finally:
            await self.uitgang.sluit()
            await self.slot.sluit()
            await self.pool.close(timeout=1)

    async def sluit(self) -> None:
        """End the guard, which closes the rest."""
        _per_lus.pop(asyncio.get_running_loop(), None)
        if self._waker is not None:
            self._waker.cancel()
            with suppress(asyncio.CancelledError):
                await self._waker


_per_lus: dict[asyncio.AbstractEventLoop, Werker] = {}


async def van_dit_proces() -> Werker:
    """Return the one Werker of this event loop; made and opened the first time."""
    lus = asyncio.get_running_loop()
    if lus not in _per_lus:
        sporen.begin()
        _per_lus[lus] = Werker()
        await _per_lus[lus].open()
    return _per_lus[lus]
