"""What the pump reads and writes besides acknowledgements: psycopg, no ORM in the loop."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.rows import class_row, dict_row
from psycopg_pool import AsyncConnectionPool

from portal.webhooks.bericht import Feiten
from portal.webhooks.pomp.tijden import BANEN, BEHEER, VOORRANG
from portal.webhooks.vng import VORMEN

ABONNEMENT = """
select a.id, a.uuid, a.url, a.vorm, a.informatierijk, a.doel, a.inlogwijze, a.inlog_verzegeld,
       a.eigen_ca, a.gelijktijdig, a.per_minuut, a.wachttijd, a.mislukt_achtereen, a.gelukt_op,
       (a.status = 'actief' and coalesce(a.onderbroken_tot <= now(), true)) as verzendbaar,
       pg_try_advisory_xact_lock_shared(%(beheer)s, a.id) as vrij, now() as nu,
       array(select g.waarde_verzegeld from webhooks_geheim g
              where g.abonnement_id = a.id and g.geldig_vanaf <= now()
                and coalesce(g.geldig_tot > now(), true)
              order by g.geldig_vanaf desc) as geheimen
  from webhooks_abonnement a where a.id = %(id)s
"""
CLAIM = """
with klaar as materialized (
  select onderwerp, fouten, opnieuw_op from webhooks_baan
   where abonnement_id = %(id)s and openstaand > 0 and not uitgeput and opnieuw_op <= now()
     and onderwerp <> all(%(bezig)s::uuid[])
   order by opnieuw_op limit %(banen)s
)
select k.onderwerp, k.fouten, z.id, z.volgnummer, z.vorm, z.pogingen, z.herhaling, z.slaat_over,
       g.id as gebeurtenis, coalesce(g.soort, '') as soort,
       coalesce(g.subjectsoort, '') as subjectsoort, coalesce(g.versie, 0) as versie,
       coalesce(g.velden, '{}') as velden,
       coalesce(case when %(vng)s then (
                  select max(h.gebeurd_op) from klanten_gebeurtenis h
                   where h.onderwerp = g.onderwerp and h.versie <= g.versie) end,
                g.gebeurd_op, z.overgeslagen_op) as gebeurd_op
  from klaar k
 cross join lateral (
   select * from webhooks_bezorging
    where abonnement_id = %(id)s and onderwerp = k.onderwerp and stand = 'open'
    order by volgnummer limit %(diep)s
 ) z
  left join klanten_gebeurtenis g on g.id = z.gebeurtenis_id
 order by k.opnieuw_op, k.onderwerp, z.volgnummer
"""
EERSTVOLGENDE = """
select greatest(eerste.opnieuw_op, a.onderbroken_tot)
  from webhooks_abonnement a
 cross join lateral (
   select b.opnieuw_op from webhooks_baan b
    where b.abonnement_id = a.id and b.openstaand > 0 and not b.uitgeput
    order by b.opnieuw_op limit 1
 ) eerste
 where a.id = %(id)s and a.status = 'actief'
"""
LEG_POGING_VAST = """
with gedaan as (
  update webhooks_bezorging set pogingen = pogingen + 1, laatste_status = %(status)s
   where id = %(bezorging)s and stand = 'open' returning id
), gepoogd as (
  insert into webhooks_poging (bezorging_id, op, duur_ms, status, foutsoort, antwoord, werker)
  select id, now(), %(duur)s, %(status)s, %(foutsoort)s, %(antwoord)s, %(werker)s from gedaan
)
update webhooks_baan
   set opnieuw_op = now() + %(wacht)s, laatste_fout = %(fout)s,
       fouten = fouten + %(weigering)s,
       geblokkeerd_sinds = case when %(weigering)s = 0 then geblokkeerd_sinds
                                else coalesce(geblokkeerd_sinds, now()) end,
       uitgeput = %(weigering)s = 1 and coalesce(geblokkeerd_sinds < now() - %(opgeven)s, false)
 where abonnement_id = %(abonnement)s and onderwerp = %(onderwerp)s
   and exists (select from gedaan)
"""
GEWEIGERDE_BANEN = """
select count(*) from webhooks_baan b join webhooks_abonnement a on a.id = b.abonnement_id
 where a.id = %(id)s and b.geblokkeerd_sinds > coalesce(a.gelukt_op, '-infinity')
"""
STORING = """
update webhooks_abonnement
   set mislukt_achtereen = %(achtereen)s, mislukt_sinds = coalesce(mislukt_sinds, now()),
       onderbroken_tot = greatest(onderbroken_tot, now() + %(pauze)s)
 where id = %(id)s
"""
UITGEZET = """
update webhooks_abonnement
   set status = 'uitgezet', reden = %(reden)s, mislukt_sinds = coalesce(mislukt_sinds, now())
 where id = %(id)s and status = 'actief'
"""
GELUKT = """
with dicht as (
  update webhooks_abonnement
     set gelukt_op = now(), mislukt_achtereen = 0, mislukt_sinds = null, onderbroken_tot = null,
         gewaarschuwd_uur = 0
   where id = %(id)s
), slot as (
  select onderwerp from webhooks_baan
   where %(was_open)s and abonnement_id = %(id)s and openstaand > 0 and not uitgeput
     and opnieuw_op > now() order by onderwerp for update
)
update webhooks_baan b set opnieuw_op = now() from slot s
 where b.abonnement_id = %(id)s and b.onderwerp = s.onderwerp
"""


@dataclass(kw_only=True)
class Stand:
    """The abonnement as the pump knows it; `nu` is the clock of the database."""

    id: int
    uuid: UUID
    url: str
    vorm: str
    informatierijk: bool
    doel: str
    inlogwijze: str
    inlog_verzegeld: str
    eigen_ca: str
    gelijktijdig: int
    per_minuut: int | None
    wachttijd: int
    mislukt_achtereen: int
    gelukt_op: dt.datetime | None
    verzendbaar: bool
    vrij: bool
    nu: dt.datetime
    geheimen: list[str] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Kop:
    """One open Bezorging with what its message is made from."""

    id: int
    vorm: int
    pogingen: int
    herhaling: bool
    feiten: Feiten


@dataclass(kw_only=True)
class Werk:
    """One baan that is due, with its first open messages in order."""

    onderwerp: UUID
    fouten: int
    koppen: list[Kop]


@dataclass(frozen=True, kw_only=True)
class Mislukking:
    """What is written down about one failed try; `weigering`: the message, not the receiver."""

    bezorging: int
    onderwerp: UUID
    status: int | None
    duur: int
    foutsoort: str
    antwoord: str
    wacht: dt.timedelta
    weigering: bool

    @property
    def fout(self) -> str:
        """The short word that the admin page shows."""
        return self.foutsoort or str(self.status)


async def schrijf(
    pool: AsyncConnectionPool, opdracht: str, waarden: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """Run one statement and return its first row; give way as often as a lock is not free.

    The pool waits for a lock shorter than the server does before it looks for a deadlock, so an
    act of a person that holds one baan and wants another is never the one that is broken off.
    """
    for poging in range(VOORRANG):
        try:
            async with pool.connection() as verbinding:
                cursor = await verbinding.execute(opdracht, waarden)
                return await cursor.fetchone() if cursor.description else None
        except (LockNotAvailable, DeadlockDetected):
            if poging == VOORRANG - 1:
                raise
    return None


async def lees_stand(pool: AsyncConnectionPool, abonnement: int) -> Stand | None:
    """Return the abonnement with the secrets that are valid now; None when it is gone."""
    async with pool.connection() as verbinding:
        cursor = verbinding.cursor(row_factory=class_row(Stand))
        await cursor.execute(ABONNEMENT, {"id": abonnement, "beheer": BEHEER})
        return await cursor.fetchone()


async def claim(
    pool: AsyncConnectionPool, stand: Stand, bezig: list[UUID], *, banen: int = BANEN, diep: int
) -> list[Werk]:
    """Return due banen, longest waiting first, without those under way."""
    waarden = {"id": stand.id, "bezig": bezig, "banen": banen, "diep": diep}
    waarden["vng"] = stand.vorm in VORMEN  # there the moment may never go back (vng.aanmaakdatum)
    async with pool.connection() as verbinding:
        cursor = verbinding.cursor(row_factory=dict_row)
        await cursor.execute(CLAIM, waarden)
        rijen = await cursor.fetchall()
    werk: dict[UUID, Werk] = {}
    for rij in rijen:
        baan = werk.setdefault(
            rij["onderwerp"], Werk(onderwerp=rij["onderwerp"], fouten=rij["fouten"], koppen=[])
        )
        baan.koppen.append(_kop(stand, rij))
    return list(werk.values())


def _kop(stand: Stand, rij: dict[str, Any]) -> Kop:
    feiten = Feiten(
        abonnement=stand.uuid,
        onderwerp=rij["onderwerp"],
        volgnummer=rij["volgnummer"],
        gebeurtenis=rij["gebeurtenis"],
        soort=rij["soort"],
        subjectsoort=rij["subjectsoort"],
        gebeurd_op=rij["gebeurd_op"],
        versie=rij["versie"],
        velden=tuple(rij["velden"]),
        slaat_over=rij["slaat_over"],
    )
    return Kop(
        id=rij["id"],
        vorm=rij["vorm"],
        pogingen=rij["pogingen"],
        herhaling=rij["herhaling"],
        feiten=feiten,
    )


async def leg_mislukking_vast(
    pool: AsyncConnectionPool, abonnement: int, m: Mislukking, werker: str, opgeven: dt.timedelta
) -> None:
    """Write the try and when this baan may try again; nothing when the row is not open."""
    await schrijf(
        pool,
        LEG_POGING_VAST,
        {
            **m.__dict__,
            "weigering": int(m.weigering),
            "fout": m.fout,
            "abonnement": abonnement,
            "werker": werker,
            "opgeven": opgeven,
        },
    )


async def geweigerde_banen(pool: AsyncConnectionPool, abonnement: int) -> int:
    """Return how many banen were refused since the last success."""
    async with pool.connection() as verbinding:
        rij = await (await verbinding.execute(GEWEIGERDE_BANEN, {"id": abonnement})).fetchone()
    return int(rij[0]) if rij else 0


async def eerstvolgende(pool: AsyncConnectionPool, abonnement: int) -> dt.datetime | None:
    """Return when there is something to do again; None: nothing open, or nobody may send."""
    async with pool.connection() as verbinding:
        rij = await (await verbinding.execute(EERSTVOLGENDE, {"id": abonnement})).fetchone()
    return rij[0] if rij else None
