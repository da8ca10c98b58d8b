"""Wat vanzelf gebeurt, op de klok van de werker: de rand van het domein, waar instellingen zijn.

A task that finds too much to remove raises, does nothing, and shows up as a failed job.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from procrastinate.contrib.django import app

from portal.klanten.handelingen import opruimen


def _moment(timestamp: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(timestamp, dt.UTC)


@app.periodic(cron="*/5 * * * *")
@app.task(name="klanten.veeg", queueing_lock="klanten.veeg")
def veeg(timestamp: int) -> None:
    """Elke vijf minuten: wat ingaat, wat vervalt, en bewijs dat niet meer nodig is."""
    op = _moment(timestamp)
    opruimen.laat_rekeningen_ingaan(op=op)
    opruimen.laat_voorstellen_vervallen(op=op)
    opruimen.ruim_bewijs_op(op=op)


@app.periodic(cron="17 3 * * *")
@app.task(name="klanten.ruim_op", queueing_lock="klanten.ruim_op")
def ruim_op(timestamp: int) -> None:
    """Elke nacht: wat zijn bewaartermijn gehad heeft."""
    op = _moment(timestamp)
    opruimen.ruim_interacties_op(op=op)
    opruimen.ruim_gronden_op(op=op)
    opruimen.ruim_terugmeldingen_op(op=op)
    opruimen.handel_ongebruikt_af(op=op, termijn=settings.KLANTEN_ONGEBRUIKT_NA)
    opruimen.ruim_gebeurtenissen_op(op=op)


@app.periodic(cron="* * * * *")
@app.task(name="klanten.wisboek", queueing_lock="klanten.wisboek")
def schrijf_wisboek(timestamp: int) -> None:
    """Elke minuut: wat gewist is ook buiten de databank opschrijven, als daar een plek voor is."""
    if settings.KLANTEN_WISBOEK:
        call_command("wisboek", str(Path(settings.KLANTEN_WISBOEK)), verbosity=0)
