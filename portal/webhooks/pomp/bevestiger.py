"""The acker: what arrived together is committed together, before anything next is sent.

It is never cancelled: cancelling would forget what a receiver has already got. Closing is a
signal and a wait.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg_pool import AsyncConnectionPool

from portal.webhooks.pomp.rijen import schrijf
from portal.webhooks.pomp.tijden import VERZAMEL

BEVESTIG = """
with uitslag as (
  select * from unnest(%(ids)s::bigint[], %(statussen)s::int[], %(duren)s::int[],
                       %(teksten)s::text[]) as u(id, status, duur, tekst)
), gedaan as (
  update webhooks_bezorging z
     set stand = 'bezorgd', afgehandeld_op = now(), pogingen = z.pogingen + 1,
         laatste_status = u.status
    from uitslag u where z.id = u.id and z.stand = 'open'
  returning z.id, z.onderwerp, u.status, u.duur, u.tekst
), geteld as (
  select onderwerp, count(*) as n from gedaan group by onderwerp order by onderwerp
), slot as (
  select b.abonnement_id, b.onderwerp from webhooks_baan b join geteld t using (onderwerp)
   where b.abonnement_id = %(abonnement)s order by b.onderwerp for update of b
), banen as (
  update webhooks_baan b
     set openstaand = b.openstaand - t.n, opnieuw_op = now(), fouten = 0,
         geblokkeerd_sinds = null, uitgeput = false, laatste_fout = ''
    from geteld t join slot s using (onderwerp)
   where b.abonnement_id = s.abonnement_id and b.onderwerp = s.onderwerp
), gepoogd as (
  insert into webhooks_poging (bezorging_id, op, duur_ms, status, foutsoort, antwoord, werker)
  select id, now(), duur, status, '', tekst, %(werker)s from gedaan
)
select count(*) from gedaan
"""


class Ingehaald(Exception):
    """Another worker delivered what we sent: we are not the only pump, so we stop."""


@dataclass(frozen=True)
class Bezorgd:
    """One delivered message: row, status, milliseconds, start of the answer."""

    id: int
    status: int
    duur_ms: int
    tekst: str


Wachtend = tuple[Bezorgd, asyncio.Future[None]]


class Bevestiger:
    """Group commit for one pump; `bezig` counts the posts that can still add to it."""

    def __init__(self, pool: AsyncConnectionPool, abonnement: int, werker: str) -> None:
        self._pool, self._abonnement, self._werker = pool, abonnement, werker
        self._wachtend: list[Wachtend] = []
        self._signaal = asyncio.Event()
        self._sluiten = False
        self.bezig = 0
        self.bevestigd = 0
        self._taak = asyncio.create_task(self._draai())

    async def bevestig(self, bezorgd: Bezorgd) -> None:
        """Return when it is committed; raises Ingehaald or the error of the database."""
        klaar: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wachtend.append((bezorgd, klaar))
        self._signaal.set()
        await klaar

    async def sluit(self) -> None:
        """Commit what waits, then end; also when the pump itself is being cancelled."""
        self._sluiten = True
        self._signaal.set()
        await asyncio.shield(self._taak)

    async def _draai(self) -> None:
        while not self._sluiten or self._wachtend:
            await self._signaal.wait()
            self._signaal.clear()
            if self.bezig:
                await asyncio.sleep(VERZAMEL)
            groep, self._wachtend = self._wachtend, []
            if groep:
                await self._bevestig(groep)

    async def _bevestig(self, groep: Sequence[Wachtend]) -> None:
        fout: Exception | None = None
        try:
            geschreven = await self._schrijf([bezorgd for bezorgd, _ in groep])
            self.bevestigd += geschreven
            if geschreven < len(groep):
                fout = Ingehaald()
        except Exception as mislukt:  # noqa: BLE001 - each lane gets it and stops the pump
            fout = mislukt
        for _, klaar in groep:
            if klaar.done():
                continue
            if fout is None:
                klaar.set_result(None)
            else:
                klaar.set_exception(fout)

    async def _schrijf(self, groep: Sequence[Bezorgd]) -> int:
        waarden: dict[str, Any] = {
            "ids": [b.id for b in groep],
            "statussen": [b.status for b in groep],
            "duren": [b.duur_ms for b in groep],
            "teksten": [b.tekst for b in groep],
            "abonnement": self._abonnement,
            "werker": self._werker,
        }
        rij = await schrijf(self._pool, BEVESTIG, waarden)
        return int(rij[0]) if rij else 0
