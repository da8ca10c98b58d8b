"""The fence: one advisory lock per abonnement, on one connection that is a lease.

Session locks are re-entrant within a connection, so this process keeps its own set. The server
ends the connection after `HUUR` seconds of silence; the guard speaks every second and cancels
every pump of this process when it is not answered.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from psycopg import AsyncConnection, Error

from portal.webhooks.pomp.tijden import HEK, HUUR_ZEKER, WAAK, WAAK_GEDULD

logger = logging.getLogger(__name__)


class Slot:
    """Holds the fences of this process; `verbind` opens the lock connection."""

    def __init__(self, verbind: Callable[[], Awaitable[AsyncConnection]]) -> None:
        self._verbind = verbind
        self._verbinding: AsyncConnection | None = None
        self._gehoord = 0.0
        self._openen = asyncio.Lock()
        self._stil: set[asyncio.Task[bool]] = set()
        self.pompen: dict[int, asyncio.Task[bool]] = {}

    @property
    def zeker(self) -> bool:
        """The server answered so recently that it cannot have ended the lease."""
        return time.monotonic() - self._gehoord < HUUR_ZEKER

    async def neem(self, abonnement: int) -> bool:
        """Try to take the fence; the caller has put its task in `pompen` already."""
        async with self._openen:
            if self._verbinding is None or self._verbinding.closed:
                self._verbinding = await self._verbind()
        return await self._vraag("select pg_try_advisory_lock(%s, %s)", HEK, abonnement)

    async def geef_terug(self, abonnement: int) -> None:
        """Give the fence back; a lost connection has already done so."""
        with suppress(Error, TimeoutError):
            await self._vraag("select pg_advisory_unlock(%s, %s)", HEK, abonnement)

    async def _vraag(self, vraag: str, *waarden: int) -> bool:
        """Ask within `WAAK_GEDULD`, or raise TimeoutError at once.

        Not cancelled but left behind: psycopg answers a cancel by asking the same silent server.
        """
        if self._verbinding is None:
            return False
        begin = time.monotonic()
        taak = asyncio.create_task(_haal(self._verbinding, vraag, waarden))
        await asyncio.wait([taak], timeout=WAAK_GEDULD)
        if not taak.done():
            self._stil.add(taak)
            taak.add_done_callback(self._vergeet)
            raise TimeoutError
        antwoord = taak.result()
        self._gehoord = begin
        return antwoord

    def _vergeet(self, taak: asyncio.Task[bool]) -> None:
        self._stil.discard(taak)
        if not taak.cancelled():
            taak.exception()

    async def waak(self) -> None:
        """Speak every second; when nobody answers, stop every pump of this process."""
        while True:
            await asyncio.sleep(WAAK)
            if self._verbinding is None:
                continue
            try:
                await self._vraag("select 1")
            except (Error, TimeoutError):
                await self.verlies()

    async def verlies(self) -> None:
        """The lease is gone: cancel the pumps, drop the connection, start anew when asked."""
        logger.warning("slotverbinding verloren, %d pompen gestopt", len(self.pompen))
        verbinding, self._verbinding, self._gehoord = self._verbinding, None, 0.0
        for pomp in self.pompen.values():
            pomp.cancel()
        await self._sluit(verbinding)

    async def sluit(self) -> None:
        """Close the lock connection, and with it every fence."""
        verbinding, self._verbinding = self._verbinding, None
        await self._sluit(verbinding)

    @staticmethod
    async def _sluit(verbinding: AsyncConnection | None) -> None:
        if verbinding is not None:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(1):
                    await verbinding.close()


async def _haal(verbinding: AsyncConnection, vraag: str, waarden: tuple[int, ...]) -> bool:
    rij = await (await verbinding.execute(vraag, waarden)).fetchone()
    return bool(rij and rij[0])
