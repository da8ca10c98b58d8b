"""Wat op een Gebeurtenis volgt voor de buren: een rij in de uitbak, in dezelfde transactie."""

from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from portal.klanten.models import Gebeurtenis
from portal.registers import instellingen, uitbak


def meld_aan_buren(gebeurtenis: Gebeurtenis) -> None:
    """Promise each neighbour that is switched on, and concerned, that she will hear of this."""
    if gebeurtenis.soort.startswith("klant.") and instellingen.is_gekoppeld("openklant"):
        uitbak.zet_klaar(
            "openklant",
            gebeurtenis.onderwerp,
            versie=gebeurtenis.versie,
            op=gebeurtenis.gebeurd_op,
        )
        transaction.on_commit(wek, robust=True)


def wek() -> None:
    """Wake a worker; when this is lost, the sweep of every minute finds the row."""
    from portal.registers.tasks import werk_af

    with suppress(AlreadyEnqueued):
        werk_af.configure(queueing_lock="registers.werk_af").defer()
