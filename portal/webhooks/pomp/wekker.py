"""Waking: which abonnementen need a pump, and telling the engine so."""

import datetime as dt
from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from psycopg_pool import AsyncConnectionPool

from portal.webhooks.beheer import HANDDRUK_NODIG
from portal.webhooks.cijfers import PLAATSEN_VOL
from portal.webhooks.pomp.rijen import schrijf
from portal.webhooks.pomp.tijden import HEK

AAN_DE_BEURT = """
select a.id,
       eerste.opnieuw_op < now() - interval '2 seconds'
         and eerste.fouten = 0 and eerste.laatste_fout = '' as vergeten
  from webhooks_abonnement a
 cross join lateral (
   select b.opnieuw_op, b.fouten, b.laatste_fout from webhooks_baan b
    where b.abonnement_id = a.id and b.openstaand > 0 and not b.uitgeput
    order by b.opnieuw_op limit 1
 ) eerste
 where a.status = 'actief' and coalesce(a.onderbroken_tot <= now(), true)
   and eerste.opnieuw_op <= now()
   and a.id not in (
     select objid::int from pg_locks
      where locktype = 'advisory' and granted and classid = %(hek)s and objsubid = 2
        and database = (select oid from pg_database where datname = current_database()))
   and not exists (select from procrastinate_jobs j
                    where j.status = 'todo' and j.queueing_lock = 'webhooks.pomp:' || a.id)
"""
"""The first baan of each abonnement, from the index: a semi-join would read a backlog whole."""


async def aan_de_beurt(pool: AsyncConnectionPool) -> dict[int, bool]:
    """Return the abonnementen without a pump that have work; True: nobody was told in time."""
    async with pool.connection() as verbinding:
        rijen = await (await verbinding.execute(AAN_DE_BEURT, {"hek": HEK})).fetchall()
    return {int(rij[0]): bool(rij[1]) for rij in rijen}


async def wek_pomp(abonnement: int, op: dt.datetime | None = None) -> None:
    """Queue one pump, now or at `op`; one that waits already is enough."""
    slot = f"webhooks.pomp:{abonnement}" + ("" if op is None else ":straks")
    with suppress(AlreadyEnqueued):
        await app.configure_task(
            "webhooks.pomp", queue="webhooks", queueing_lock=slot, schedule_at=op
        ).defer_async(abonnement=abonnement)


HERVAT_VANZELF = """
update webhooks_abonnement set status = 'actief', gepauzeerd_tot = null, reden = ''
 where status = 'gepauzeerd' and gepauzeerd_tot <= now()
   and (url = bevestigde_url or bevestigde_url = '' and reden <> %(wacht)s)
"""
NOTEER_VEEG = """
insert into webhooks_teller as t (naam, abonnement_id, label, waarde, op)
values ('veeg', null, '', 1, now()), ('veeg_vond', null, '', %(vergeten)s, now())
on conflict (naam, abonnement_id, label)
   do update set waarde = t.waarde + excluded.waarde, op = now()
"""

NOTEER_VOL = """
with vorige as (
  select op from webhooks_teller where naam = %(naam)s and abonnement_id is null and label = ''
)
insert into webhooks_teller as t (naam, abonnement_id, label, waarde, op)
values (%(naam)s, null, '', 1, now())
on conflict (naam, abonnement_id, label) do update set waarde = t.waarde + 1, op = now()
   where t.op < now() - interval '1 minute'
returning coalesce((select op < now() - interval '1 hour' from vorige), true)
"""


async def hervat_vanzelf(pool: AsyncConnectionPool) -> None:
    """End the pauses that had an end."""
    await schrijf(pool, HERVAT_VANZELF, {"wacht": HANDDRUK_NODIG})


async def noteer_vol(pool: AsyncConnectionPool) -> bool:
    """Note, at most once a minute, that a worker has no place left; true when that is new."""
    nieuw = await schrijf(pool, NOTEER_VOL, {"naam": PLAATSEN_VOL})
    return bool(nieuw and nieuw[0])


async def noteer_veeg(pool: AsyncConnectionPool, *, vergeten: int) -> None:
    """Note that the sweep ran, and how many abonnementen nobody had woken."""
    await schrijf(pool, NOTEER_VEEG, {"vergeten": vergeten})
