"""De gebeurtenissen van klanten: de feed, en het spoor van één klant met haar waarden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from portal.api.toegang.wie import Aanroeper
from portal.klanten.models import Gebeurtenis, Waarde

__all__ = ["Gebeurtenis", "Waarde", "spoor_van", "waarden_bij", "wijzigingen"]

Plaats = tuple[int, str, int]
"""Where a feed page ended: transaction, onderwerp, version."""

FEED = """
select id, soort, onderwerp, subjectsoort, versie, velden, gebeurd_op, transactie
from klanten_gebeurtenis
where bronorganisatie = %(organisatie)s
    and (subjectsoort <> '' or soort not like 'klant.%%')
    and transactie < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    and (transactie, onderwerp, versie) > (%(transactie)s, %(onderwerp)s, %(versie)s)
order by transactie, onderwerp, versie
limit %(aantal)s
"""
BEGIN: Plaats = (0, str(UUID(int=0)), 0)


@dataclass(frozen=True)
class Wijziging:
    """One event of the feed; no values, only which fields."""

    id: UUID
    soort: str
    onderwerp: UUID
    subjectsoort: str
    versie: int
    velden: list[str]
    gebeurd_op: object
    transactie: int


def wijzigingen(aanroeper: Aanroeper, na: Plaats, aantal: int) -> list[Wijziging]:
    """Gebeurtenissen na deze plaats, nooit voorbij een transactie die nog loopt.

    A slow transaction with a lower number commits later than one with a higher number: nothing at
    or above the oldest running transaction is given, so that a cursor never passes it.
    """
    transactie, onderwerp, versie = na
    vraag: dict[str, Any] = {
        "organisatie": aanroeper.bronorganisatie,
        "transactie": transactie,
        "onderwerp": onderwerp,
        "versie": versie,
        "aantal": aantal,
    }
    with connection.cursor() as cursor:
        cursor.execute(FEED, vraag)
        return [Wijziging(*rij) for rij in cursor.fetchall()]


def spoor_van(aanroeper: Aanroeper, klant_id: UUID) -> Sequence[Gebeurtenis]:
    """Alles wat er met deze klant gebeurde, oudste eerst; de klant zelf is al gelezen."""
    return list(
        Gebeurtenis.objects.filter(
            onderwerp=klant_id, bronorganisatie=aanroeper.bronorganisatie
        ).order_by("versie")
    )


def waarden_bij(gebeurtenissen: Sequence[Gebeurtenis]) -> dict[UUID, list[Waarde]]:
    """Oude en nieuwe waarden per Gebeurtenis; wat vernietigd is, is er niet."""
    per: dict[UUID, list[Waarde]] = {}
    for waarde in Waarde.objects.filter(gebeurtenis__in=gebeurtenissen).order_by("pk"):
        per.setdefault(waarde.gebeurtenis_id, []).append(waarde)
    return per
