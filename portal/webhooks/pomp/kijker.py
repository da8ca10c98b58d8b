"""Looking for new work, once for all idle pumps of this process instead of once for each."""

import asyncio
from contextlib import suppress

from psycopg import Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from portal.webhooks.pomp.tijden import KIJK

WIE_HEEFT_WERK = """
select a from unnest(%s::int[]) a
 cross join lateral (
   select b.opnieuw_op from webhooks_baan b
    where b.abonnement_id = a and b.openstaand > 0 and not b.uitgeput
    order by b.opnieuw_op limit 1
 ) eerste
 where eerste.opnieuw_op <= now()
"""


class Kijker:
    """A pump that has nothing to do waits here; one query every `KIJK` answers for all."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._wachtend: dict[int, asyncio.Event] = {}
        self._taak: asyncio.Task[None] | None = None
        self._nu = asyncio.Event()

    async def wacht(self, abonnement: int, seconden: float) -> bool:
        """True as soon as this abonnement has a due baan; false when nothing came in time."""
        klaar = self._wachtend.setdefault(abonnement, asyncio.Event())
        if self._taak is None or self._taak.done():
            self._taak = asyncio.create_task(self._kijk())
        try:
            async with asyncio.timeout(seconden):
                await klaar.wait()
        except TimeoutError:
            return False
        finally:
            self._wachtend.pop(abonnement, None)
        return True

    def kijk_nu(self) -> None:
        """Somebody committed something: do not wait for the next turn."""
        self._nu.set()

    async def _kijk(self) -> None:
        while self._wachtend:
            with suppress(TimeoutError):
                async with asyncio.timeout(KIJK):
                    await self._nu.wait()
            self._nu.clear()
            with suppress(Error, PoolTimeout):
                await self._vraag()

    async def _vraag(self) -> None:
        async with self._pool.connection() as verbinding:
            vraag = await verbinding.execute(WIE_HEEFT_WERK, [list(self._wachtend)])
            for (abonnement,) in await vraag.fetchall():
                if klaar := self._wachtend.get(abonnement):
                    klaar.set()
