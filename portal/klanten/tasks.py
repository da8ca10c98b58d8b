"""Wat vanzelf gebeurt, op de klok van de werker: de rand van het domein, waar instellingen zijn.

A task that finds too much to remove raises, does nothing, and shows up as a failed job.
"""

import datetime as dt
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from procrastinate.contrib.django import app

from portal.klanten.handelingen import opruimen
from portal.klanten.regels import HOOGUIT_PER_KEER
from portal.klanten.stappen import doe_elke_stap


def _moment(timestamp: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(timestamp, dt.UTC)


@app.periodic(cron="*/5 * * * *")
@app.task(name="klanten.veeg", queueing_lock="klanten.veeg")
def veeg(timestamp: int) -> None:
    """Elke vijf minuten: wat ingaat, wat vervalt, en bewijs dat niet meer nodig is."""
    op = _moment(timestamp)
    doe_elke_stap(
        partial(opruimen.laat_rekeningen_ingaan, op=op),
        partial(opruimen.laat_voorstellen_vervallen, op=op),
        partial(opruimen.ruim_bewijs_op, op=op),
    )


@app.periodic(cron="17 3 * * *")
@app.task(name="klanten.ruim_op", queueing_lock="klanten.ruim_op")
def ruim_op(timestamp: int) -> None:
    """Elke nacht: wat zijn bewaartermijn gehad heeft."""
    ruim_alles_op(_moment(timestamp))


def ruim_alles_op(op: dt.datetime, *, hooguit: int = HOOGUIT_PER_KEER) -> None:
    """Doe elke stap van de nacht, met hoogstens zoveel per stap; eerst wissen, dan schrijven.

    Raises ExceptionGroup after all steps.
    """
    termijn = settings.KLANTEN_ONGEBRUIKT_NA
    doe_elke_stap(
        partial(opruimen.ruim_interacties_op, op=op, hooguit=hooguit),
        partial(opruimen.ruim_gronden_op, op=op, hooguit=hooguit),
        partial(opruimen.ruim_losse_klanten_op, op=op, termijn=termijn, hooguit=hooguit),
        partial(opruimen.ruim_terugmeldingen_op, op=op),
        partial(opruimen.ruim_gebeurtenissen_op, op=op),
        partial(opruimen.handel_ongebruikt_af, op=op, termijn=termijn, hooguit=hooguit),
    )


@app.periodic(cron="* * * * *")
@app.task(name="klanten.wisboek", queueing_lock="klanten.wisboek")
def schrijf_wisboek(timestamp: int) -> None:
    """Elke minuut: wat gewist is ook buiten de databank opschrijven, als daar een plek voor is."""
    if settings.KLANTEN_WISBOEK:
        call_command("wisboek", str(Path(settings.KLANTEN_WISBOEK)), verbosity=0)
