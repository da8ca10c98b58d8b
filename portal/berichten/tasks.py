"""De taken van dit pakket; een taak draagt nooit iets van een mens."""

from datetime import UTC, datetime
from functools import partial

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.berichten import verzenden
from portal.klanten.stappen import doe_elke_stap


@app.task(name="berichten.verzend")
def verzend_wachtende() -> None:
    """Verzend alles wat nu verzonden mag worden."""
    while verzenden.verzend_een(timezone.now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="berichten.veeg", queueing_lock="berichten.veeg")
def veeg(timestamp: int) -> None:
    """Elke minuut: geef op wat te laat is, verzend wat bleef liggen, ruim op."""
    op = datetime.fromtimestamp(timestamp, UTC)
    doe_elke_stap(partial(verzenden.geef_op, op), partial(verzenden.ruim_op, op), verzend_wachtende)
