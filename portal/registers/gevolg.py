"""Wat op een handeling volgt voor de buren: een rij in de uitbak, in dezelfde transactie."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from portal.klanten.models import Gebeurtenis, Koppeling, Postadres
from portal.klanten.regels import dag
from portal.registers import instellingen, terugmelding, uitbak
from portal.registers.interacties import publiceren

OPENKLANT = "openklant"
INHALEN = timedelta(days=3)


def meld_gebeurtenis(gebeurtenis: Gebeurtenis) -> None:
    """Promise each neighbour that is switched on, and concerned, that she will hear of this."""
    onderwerp, op = gebeurtenis.onderwerp, gebeurtenis.gebeurd_op
    match gebeurtenis.soort:
        case Gebeurtenis.Soort.MELDING_ONTVANGEN:
            _beloof([terugmelding.BUUR], onderwerp, op=op)
        case Gebeurtenis.Soort.VERWIJDERD:
            _beloof([OPENKLANT, *publiceren.BUREN], onderwerp, op=op)
        case Gebeurtenis.Soort.GECLAIMD:
            _beloof([OPENKLANT], onderwerp, op=op)
            koppelingen = Koppeling.objects.filter(klant=onderwerp)
            for interactie in set(koppelingen.values_list("interactie_id", flat=True)):
                meld_interactie(interactie)
        case _:
            _beloof([OPENKLANT], onderwerp, op=op)


def meld_interactie(interactie: UUID) -> None:
    """Promise the API of contactmomenten or verzoeken that she will hear of this interactie."""
    _beloof(publiceren.buren_van(interactie), interactie, op=timezone.now())


def meld_periodes(op: datetime) -> int:
    """Promise Open Klant the klanten whose postal address begins or ends about today.

    No act does that, so no Gebeurtenis tells. Three days back, for a night that was missed; who
    was told already is found equal. Returns how many klanten.
    """
    if not instellingen.is_gekoppeld(OPENKLANT):
        return 0
    om_deze_dag = (dag(op) - INHALEN, dag(op))
    grens = Q(geldig_vanaf__range=om_deze_dag) | Q(geldig_tot__range=om_deze_dag)
    adressen = Postadres.objects.filter(grens, klant__gevalideerd=True)
    klanten = list(adressen.values_list("klant_id", flat=True))
    for klant in klanten:
        _beloof([OPENKLANT], klant, op=op)
    return len(klanten)


def _beloof(buren: Iterable[str], onderwerp: UUID, *, op: datetime) -> None:
    for buur in filter(instellingen.is_gekoppeld, buren):
        uitbak.zet_klaar(buur, onderwerp, op=op)
        transaction.on_commit(wek, robust=True)


def wek() -> None:
    """Wake a worker; when this is lost, the sweep of every minute finds the row."""
    from portal.registers.tasks import werk_af

    with suppress(AlreadyEnqueued):
        werk_af.configure(queueing_lock="registers.werk_af").defer()
