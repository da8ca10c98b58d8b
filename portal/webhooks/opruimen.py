"""Elke nacht: wat 30 dagen geleden is afgehandeld gaat weg; wat open staat nooit."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction

from portal.klanten.regels import eis_niet_te_veel
from portal.webhooks.beheer import trek_open_rijen_in
from portal.webhooks.models import Abonnement, Bezorging

BEWAREN = dt.timedelta(days=30)
PARTIJ = 1000
HOOGUIT = 2_000_000
"""More in one night means a wrong clock: stop, and say so."""
LEGE_BANEN = """
delete from webhooks_baan b
 where b.openstaand = 0
   and not exists (select from webhooks_bezorging z
                    where z.abonnement_id = b.abonnement_id and z.onderwerp = b.onderwerp)
   and not exists (select from klanten_klant k where k.id = b.onderwerp)
"""


def ruim_bezorgingen_op(op: dt.datetime) -> int:
    """Verwijder per 1.000 wat klaar is; wat juist herhaald wordt, zit op slot en blijft."""
    verwijderd = 0
    while partij := _ruim_partij(op - BEWAREN):
        verwijderd += partij
        eis_niet_te_veel(verwijderd, hooguit=HOOGUIT)
    return verwijderd


@transaction.atomic
def _ruim_partij(tot: dt.datetime) -> int:
    klaar = (
        Bezorging.objects.select_for_update(skip_locked=True, of=("self",))
        .exclude(stand=Bezorging.Stand.OPEN)
        .filter(afgehandeld_op__lt=tot)
        .order_by("afgehandeld_op")
    )
    ids = list(klaar.values_list("id", flat=True)[:PARTIJ])
    Bezorging.objects.filter(id__in=ids).delete()
    return len(ids)


def ruim_banen_op() -> int:
    """Een baan houdt het nummer vast; alleen een lege van een verwijderde klant gaat weg."""
    with connection.cursor() as cursor:
        cursor.execute(LEGE_BANEN)
        return int(cursor.rowcount)


def ruim_ingetrokken_op(op: dt.datetime) -> None:
    """Wat tijdens het intrekken nog net werd vastgelegd, sluit alsnog."""
    for abonnement in Abonnement.objects.filter(status=Abonnement.Status.INGETROKKEN):
        trek_open_rijen_in(abonnement, op)


def nog_nodig(onderwerpen: Collection[UUID], op: dt.datetime) -> set[UUID]:
    """Return the subjects of which a Bezorging still stands: its Gebeurtenis may not go yet.

    A delivered one goes after BEWAREN, an open one never, so nothing is dropped (P2).
    """
    staat_nog = Bezorging.objects.filter(gebeurtenis__onderwerp__in=onderwerpen)
    return set(staat_nog.values_list("gebeurtenis__onderwerp", flat=True))
