"""Wie gebruikte mijn gegevens: de regels van één klant, en de regel in de vorm van de standaard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from portal.logboek.activiteiten import Activiteit, uri
from portal.logboek.models import Logregel

KLANTEN_IN = """
select p.klant, count(*) from logboek_pseudoniem p
  join logboek_logregel r on r.betrokkene = logboek_betrokkene(p.sleutel, p.klant)
 where p.sleutel is not null and not r.eigen and r.dag >= %(van)s and r.dag < %(tot)s
   and (%(door)s = '' or %(door)s in (r.afnemer, r.afdeling, r.verwerker))
 group by p.klant order by 2 desc, 1
"""
BETROKKENE_SOORT = "urn:klantportaal:betrokkene"


@dataclass(frozen=True, kw_only=True)
class Gebruik:
    """Eén gebruik zoals de klant het leest; `eigen` is wat hij of zij zelf deed."""

    op: datetime
    activiteit: Activiteit
    organisatie: str
    afdeling: str
    doel: str
    gegevens: tuple[str, ...]
    eigen: bool


def gebruik_van(
    *onderwerpen: UUID, hooguit: int | None = 500, ook_eigen: bool = True
) -> list[Gebruik]:
    """Het gebruik van de gegevens van deze klant, nieuwste eerst; leeg als de klant weg is.

    Zonder `ook_eigen` alleen wat een ander deed; `hooguit` telt wat overblijft, None is alles.

    A terugmelding is an onderwerp of its own, for who has no klant. Confidential activities
    (LOGBOEK_VERTROUWELIJK) are left out as a whole, never line by line.
    """
    regels = Logregel.objects.filter(betrokkene__in=_betrokkenen(onderwerpen)).exclude(
        activiteit__in=settings.LOGBOEK_VERTROUWELIJK
    )
    if not ook_eigen:
        regels = regels.filter(eigen=False)
    return [
        Gebruik(
            op=_moment(regel.start_ms),
            activiteit=Activiteit(regel.activiteit),
            organisatie=regel.afnemer,
            afdeling=regel.afdeling,
            doel=regel.doel,
            gegevens=tuple(regel.gegevens),
            eigen=regel.eigen,
        )
        for regel in regels.order_by("-start_ms", "-volgnummer")[:hooguit]
    ]


def als_standaard(regel: Logregel) -> dict[str, object]:
    """De regel met de veldnamen van Logboek Dataverwerkingen."""
    kenmerken: dict[str, object] = {
        "dpl.core.processing_activity_id": uri(regel.activiteit),
        "dpl.core.data_subject_id": regel.betrokkene,
        "dpl.core.data_subject_id_type": BETROKKENE_SOORT,
    }
    if regel.verwerker:
        kenmerken["dpl.core.foreign_operation.processor"] = regel.verwerker
    lijn: dict[str, object] = {
        "trace_id": bytes(regel.trace_id).hex(),
        "span_id": bytes(regel.span_id).hex(),
        "status": regel.status,
        "name": regel.naam,
        "start_time": regel.start_ms,
        "end_time": regel.eind_ms,
        "resource": {"attributes": {"service.name": "klantportaal"}},
        "attributes": kenmerken,
    }
    if regel.parent_span_id is not None:
        lijn["parent_span_id"] = bytes(regel.parent_span_id).hex()
    return lijn


def volledig(regel: Logregel) -> dict[str, object]:
    """De regel met alles wat er staat, voor wie een incident onderzoekt; ook nu geen waarde."""
    return als_standaard(regel) | {
        "organisatie": regel.organisatie,
        "dag": regel.dag.isoformat(),
        "volgnummer": regel.volgnummer,
        "afnemer": regel.afnemer,
        "afdeling": regel.afdeling,
        "verwerker": regel.verwerker,
        "doel": regel.doel,
        "gegevens": regel.gegevens,
        "eigen": regel.eigen,
    }


def klanten_in(van: date, tot: date, *, door: str = "") -> list[tuple[UUID, int]]:
    """Van wie gegevens gebruikt zijn door een ander dan de klant zelf, en hoe vaak; meeste eerst.

    `tot` is not included; `door` is what the line says as afnemer, afdeling or verwerker. Klanten
    who are gone are in no list: their key is destroyed (C9).
    """
    with connection.cursor() as cursor:
        cursor.execute(KLANTEN_IN, {"van": van, "tot": tot, "door": door})
        return [(rij[0], int(rij[1])) for rij in cursor.fetchall()]


def _betrokkenen(onderwerpen: Collection[UUID]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select logboek_betrokkene(sleutel, klant) from logboek_pseudoniem"
            " where klant = any(%s) and sleutel is not null",
            [list(onderwerpen)],
        )
        return [str(rij[0]) for rij in cursor.fetchall()]


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
