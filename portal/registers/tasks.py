"""De taken van dit pakket; een taak draagt nooit iets van een mens."""

from contextlib import suppress
from functools import partial

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.klanten.stappen import doe_elke_stap
from portal.registers import gevolg, gronden, notificaties, terugmelding, uitbak
from portal.registers.interacties import publiceren
from portal.registers.verbinding import Buurstoring


@app.task(name="registers.werk_af")
def werk_af() -> None:
    """Bring every neighbour up to date that must still hear something."""
    uitbak.werk_af(timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="registers.veeg", queueing_lock="registers.veeg")
def veeg(timestamp: int) -> None:
    """Each minute: what was missed, or waited for a neighbour to come back."""
    uitbak.werk_af(timezone.now)


@app.task(name="registers.controleer_zaak")
def controleer_zaak(zaak: str) -> None:
    """A notification came about the zaak with this uuid; what fails now, the hourly round finds."""
    with suppress(Buurstoring):
        gronden.controleer_zaak(zaak, timezone.now())


@app.periodic(cron="7 1 * * *")
@app.task(name="registers.meld_periodes", queueing_lock="registers.meld_periodes")
def meld_periodes(timestamp: int) -> None:
    """Each night, after midnight here: addresses that begin or end today."""
    gevolg.meld_periodes(timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="registers.controleer_gronden", queueing_lock="registers.controleer_gronden")
def controleer_gronden(timestamp: int) -> None:
    """Each hour: zaken that hold or free, open terugmeldingen, and what ended here."""
    nu = timezone.now()
    doe_elke_stap(
        partial(notificaties.vergeet_oude, nu),
        partial(gronden.controleer, nu),
        partial(terugmelding.vraag_alle_na, nu),
        terugmelding.vergeet_vervallen,
        partial(publiceren.ruim_vervallen_op, nu),
    )
