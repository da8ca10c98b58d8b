"""Eerst in het logboek, dan pas de gegevens: geen regel, geen antwoord."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from portal.logboek.activiteiten import Activiteit
from portal.logboek.models import Logregel
from portal.logboek.spoor import Spoor, nieuwe_span

INVOER = """
insert into logboek_logregel (
    organisatie, trace_id, span_id, parent_span_id, status, naam, start_ms, eind_ms, activiteit,
    betrokkene, afnemer, afdeling, verwerker, doel, gegevens, eigen)
select %(organisatie)s, %(trace)s, r.span, %(ouder)s, %(status)s, %(naam)s, %(start)s, %(eind)s,
    %(activiteit)s, logboek_betrokkene(p.sleutel, p.klant), %(afnemer)s, %(afdeling)s,
    %(verwerker)s, %(doel)s, %(gegevens)s::text[], %(eigen)s
from unnest(%(klanten)s, %(spans)s) as r(klant, span)
"""
REGELS = """
with p as materialized (
    select klant, sleutel from logboek_pseudoniem where klant = any(%(klanten)s)
) {invoer} join p on p.klant = r.klant where (select count(*) from p) = %(aantal)s
""".replace("{invoer}", INVOER)
NIEMAND = """
{invoer} cross join (select null::bytea as sleutel, gen_random_uuid() as klant) p
""".replace("{invoer}", INVOER)
"""Without a key the code of the betrokkene says nothing, also not that two lines are of one."""
SLEUTELS = """
insert into logboek_pseudoniem (klant, sleutel)
select k, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) from unnest(%s) as k
on conflict do nothing
"""


class NietVastgelegd(OperationalError):
    """De regel kon niet geschreven worden: wie dit krijgt, geeft geen gegevens (P11).

    An OperationalError: a screen then answers 503 and keeps what was typed, as for any database
    that does not take what it is given. Its cause is that of psycopg, so that a lock that is not
    free stays "even bezet".
    """


@dataclass(frozen=True, kw_only=True)
class Gebruiker:
    """Welke organisatie en afdeling met welk systeem de gegevens gebruikt; nooit een medewerker.

    `organisatie` is the RSIN whose register was used; `verwerker` the URL of the calling system.
    """

    organisatie: str
    naam: str = ""
    afdeling: str = ""
    verwerker: str = ""


def deze_gemeente() -> Gebruiker:
    """De gemeente van deze installatie zelf, zonder ander systeem."""
    return Gebruiker(organisatie=settings.ORGANISATIE_RSIN, naam=settings.ORGANISATIE_NAAM)


@dataclass(frozen=True, kw_only=True)
class Gebruik:
    """Wat er gebeurt: activiteit, doel in gewone woorden, en de soorten gegevens (geen waarden)."""

    activiteit: Activiteit
    naam: str
    doel: str = ""
    gegevens: Collection[str] = ()
    eigen: bool = False
    status: str = Logregel.Status.UNSET
    spoor: Spoor = field(default_factory=Spoor)


def leg_gebruik_vast(
    onderwerpen: Sequence[UUID],
    *,
    gebruik: Gebruik,
    door: Gebruiker,
    op: datetime,
    begonnen_op: datetime | None = None,
) -> int:
    """P11, PUR-1: schrijf één regel per persoon in de lopende transactie; geef het aantal terug.

    `onderwerpen` are uuids of klanten. Call it in the transaction that reads or writes the data;
    raises NietVastgelegd, and then nothing may be given out.
    """
    klanten = list(dict.fromkeys(onderwerpen))
    if not klanten:
        return 0
    waarden = _waarden(klanten, gebruik, door, op, begonnen_op or op)
    try:
        if _schrijf(waarden) == len(klanten):
            return len(klanten)
        _maak_sleutels(klanten)
        if _schrijf(waarden) == len(klanten):
            return len(klanten)
    except DatabaseError as fout:
        raise NietVastgelegd from (fout.__cause__ or fout)
    raise NietVastgelegd


def leg_gebruik_zonder_klant_vast(*, gebruik: Gebruik, door: Gebruiker, op: datetime) -> None:
    """P11, MIN-4: één regel over iemand van wie wij niets bewaren, aan niemand te koppelen.

    Raises NietVastgelegd.
    """
    try:
        _schrijf(_waarden([uuid4()], gebruik, door, op, op), NIEMAND)
    except DatabaseError as fout:
        raise NietVastgelegd from fout


def _schrijf(waarden: dict[str, Any], opdracht: str = REGELS) -> int:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return int(cursor.rowcount)


def _maak_sleutels(klanten: Sequence[UUID]) -> None:
    """The first line about a klant makes its key; two at once make one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SLEUTELS, [list(klanten)])


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _waarden(
    klanten: list[UUID], gebruik: Gebruik, door: Gebruiker, op: datetime, begonnen_op: datetime
) -> dict[str, Any]:
    """Several persons in one action are child actions, each with a span of its own."""
    spoor = gebruik.spoor
    een = len(klanten) == 1
    return {
        "klanten": klanten,
        "spans": [spoor.span_id] if een else [nieuwe_span() for _ in klanten],
        "aantal": len(klanten),
        "organisatie": door.organisatie,
        "trace": spoor.trace_id,
        "ouder": spoor.parent_span_id if een else spoor.span_id,
        "status": str(gebruik.status),
        "naam": gebruik.naam,
        "start": _ms(begonnen_op),
        "eind": _ms(op),
        "activiteit": str(gebruik.activiteit),
        "afnemer": door.naam,
        "afdeling": door.afdeling,
        "verwerker": door.verwerker,
        "doel": gebruik.doel,
        "gegevens": sorted(gebruik.gegevens),
        "eigen": gebruik.eigen,
    }
