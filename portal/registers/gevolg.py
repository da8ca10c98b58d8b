"""Wat op een handeling volgt voor de buren: een rij in de uitbak, in dezelfde transactie."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from portal.klanten.models import Gebeurtenis, Koppeling
from portal.registers import instellingen, uitbak
from portal.registers.interacties import publiceren

OPENKLANT = "openklant"


def meld_gebeurtenis(gebeurtenis: Gebeurtenis) -> None:
    """Promise each neighbour that is switched on, and concerned, that she will hear of this."""
    if not gebeurtenis.soort.startswith("klant."):
        return
    klant, op = gebeurtenis.onderwerp, gebeurtenis.gebeurd_op
    if instellingen.is_gekoppeld(OPENKLANT):
        uitbak.zet_klaar(OPENKLANT, klant, op=op)
        transaction.on_commit(wek, robust=True)
    if gebeurtenis.soort == Gebeurtenis.Soort.VERWIJDERD:
        for buur in filter(instellingen.is_gekoppeld, publiceren.BUREN):
            uitbak.zet_klaar(buur, klant, op=op)
            transaction.on_commit(wek, robust=True)
    elif gebeurtenis.soort == Gebeurtenis.Soort.GECLAIMD:
        koppelingen = Koppeling.objects.filter(klant=klant)
        for interactie in set(koppelingen.values_list("interactie_id", flat=True)):
            meld_interactie(interactie)


def meld_interactie(interactie: UUID) -> None:
    """Promise the API of contactmomenten or verzoeken that she will hear of this interactie."""
    for buur in filter(instellingen.is_gekoppeld, publiceren.buren_van(interactie)):
        uitbak.zet_klaar(buur, interactie, op=timezone.now())
        transaction.on_commit(wek, robust=True)


def wek() -> None:
    """Wake a worker; when this is lost, the sweep of every minute finds the row."""
    from portal.registers.tasks import werk_af

    with suppress(AlreadyEnqueued):
        werk_af.configure(queueing_lock="registers.werk_af").defer()
