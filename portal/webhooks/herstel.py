"""Overslaan en herhalen: alleen door een mens, met een reden, en nooit naast een pomp.

Both take the fence of the abonnement first, so that no pump sends while the order changes. A pump
that sees the lock of `BEHEER` makes way within a second or when its posts are over.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from portal.databank.verbinding import langer
from portal.klanten.regels import RegelGeschonden
from portal.webhooks.beheer import SOORT, Door, MagNietNu, eis_status, leg_vast, op_slot
from portal.webhooks.models import Abonnement, Baan, Bezorging
from portal.webhooks.pomp.tijden import BEHEER, HEK
from portal.webhooks.verspreiding import wek

STAND = Bezorging.Stand
TERUG = dt.timedelta(days=30)
GEDULD_MS = 18_000
LEVEND = [s for s in Abonnement.Status if s != Abonnement.Status.INGETROKKEN]


class NuBezig(RegelGeschonden):
    """De pomp van dit abonnement kwam niet op tijd vrij."""

    code = "nu-bezig"
    melding = "Er wordt nu bezorgd. Probeer het over een minuut opnieuw."


@contextmanager
def achter_het_hek(abonnement_id: int) -> Iterator[Abonnement]:
    """Een transactie waarin geen pomp van dit abonnement loopt; raises NuBezig."""
    with transaction.atomic(), langer(GEDULD_MS / 1000 + 2):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"set local lock_timeout = {GEDULD_MS}")
                cursor.execute(f"set local statement_timeout = {GEDULD_MS + 2000}")
                cursor.execute("select pg_advisory_xact_lock(%s, %s)", [BEHEER, abonnement_id])
                cursor.execute("select pg_advisory_xact_lock(%s, %s)", [HEK, abonnement_id])
        except OperationalError as fout:
            raise NuBezig from fout
        abonnement = op_slot(abonnement_id)
        eis_status(abonnement, *LEVEND)
        yield abonnement
        transaction.on_commit(wek, robust=True)


def sla_over(abonnement_id: int, onderwerp: UUID, *, door: Door) -> Bezorging:
    """Sla het voorste bericht van één baan over; de ontvanger krijgt te horen welk nummer.

    Raises MagNietNu when nothing is open in that baan.
    """
    with achter_het_hek(abonnement_id) as abonnement:
        baan = (
            Baan.objects.select_for_update()
            .filter(abonnement=abonnement, onderwerp=onderwerp)
            .first()
        )
        kop = _open_van(abonnement, onderwerp).order_by("volgnummer").first()
        if baan is None or kop is None:
            raise MagNietNu("Er staat in deze baan niets open.")
        kop.stand, kop.afgehandeld_op = STAND.OVERGESLAGEN, door.op
        kop.save(update_fields=["stand", "afgehandeld_op"])
        _sluit_baan_op(abonnement, baan, kop, door.op)
        leg_vast(abonnement, SOORT.OVERGESLAGEN, door, bezorging=kop)
    return kop


def _open_van(abonnement: Abonnement, onderwerp: UUID) -> QuerySet[Bezorging]:
    return Bezorging.objects.filter(abonnement=abonnement, onderwerp=onderwerp, stand=STAND.OPEN)


def _sluit_baan_op(abonnement: Abonnement, baan: Baan, kop: Bezorging, op: dt.datetime) -> None:
    """De baan gaat verder; wie CloudEvents krijgt, hoort achteraan welk nummer ontbreekt."""
    meldt = abonnement.vorm == Abonnement.Vorm.CLOUDEVENTS
    if meldt:
        Bezorging.objects.create(
            abonnement=abonnement,
            onderwerp=baan.onderwerp,
            volgnummer=baan.volgend_nummer,
            slaat_over=kop.volgnummer,
            overgeslagen_op=op,
            vorm=kop.vorm,
            stand=STAND.OPEN,
        )
    Baan.objects.filter(abonnement=abonnement, onderwerp=baan.onderwerp).update(
        volgend_nummer=baan.volgend_nummer + int(meldt),
        openstaand=baan.openstaand - 1 + int(meldt),
        opnieuw_op=op,
        fouten=0,
        geblokkeerd_sinds=None,
        uitgeput=False,
        laatste_fout="",
    )


def herhaal_onderwerp(abonnement_id: int, onderwerp: UUID, *, door: Door) -> int:
    """Stuur alles van één klant van de laatste 30 dagen nog eens, op volgorde."""
    return _herhaal(abonnement_id, door, onderwerp=onderwerp, afgehandeld_op__gte=door.op - TERUG)


def herhaal_een(abonnement_id: int, onderwerp: UUID, volgnummer: int, *, door: Door) -> Bezorging:
    """Stuur één bezorgd bericht van de laatste 30 dagen nog eens, met zijn eigen nummer en id.

    Raises MagNietNu when no message with this number was delivered to this receiver.
    """
    keuze = {"onderwerp": onderwerp, "volgnummer": volgnummer}
    with transaction.atomic():
        if not _herhaal(abonnement_id, door, **keuze, afgehandeld_op__gte=door.op - TERUG):
            raise MagNietNu("Dit bericht is de laatste 30 dagen niet bezorgd.")
        return Bezorging.objects.get(abonnement=abonnement_id, **keuze)


def herhaal_sinds(abonnement_id: int, sinds: dt.datetime, *, door: Door) -> int:
    """Stuur alles wat vanaf `sinds` bezorgd is nog eens (hooguit 30 dagen terug)."""
    if sinds < door.op - TERUG:
        raise MagNietNu("Herhalen kan tot 30 dagen terug.")
    return _herhaal(abonnement_id, door, afgehandeld_op__gte=sinds)


HEROPEN = """
update webhooks_baan b
   set openstaand = b.openstaand + t.n, opnieuw_op = now(), fouten = 0,
       geblokkeerd_sinds = null, uitgeput = false, laatste_fout = ''
  from (select onderwerp, count(*) as n from webhooks_bezorging
         where abonnement_id = %(id)s and id = any(%(ids)s) group by onderwerp) t
 where b.abonnement_id = %(id)s and b.onderwerp = t.onderwerp
"""


def _herhaal(abonnement_id: int, door: Door, **keuze: object) -> int:
    with achter_het_hek(abonnement_id) as abonnement:
        te_herhalen = Bezorging.objects.select_for_update(of=("self",)).filter(
            abonnement=abonnement, stand=STAND.BEZORGD, **keuze
        )
        ids = list(te_herhalen.values_list("id", flat=True))
        Bezorging.objects.filter(id__in=ids).update(stand=STAND.OPEN, herhaling=True)
        with connection.cursor() as cursor:
            cursor.execute(HEROPEN, {"id": abonnement.pk, "ids": ids})
        een = Bezorging.objects.filter(pk=ids[0]).first() if len(ids) == 1 else None
        leg_vast(abonnement, SOORT.HERHAALD, door, bezorging=een)
    return len(ids)
