"""De taken van dit pakket; een taak draagt nooit iets van een mens."""

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.registers import uitbak


@app.task(name="registers.werk_af")
def werk_af() -> None:
    """Bring every neighbour up to date that must still hear something."""
    uitbak.werk_af(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="registers.veeg", queueing_lock="registers.veeg")
def veeg(timestamp: int) -> None:
    """Each minute: what was missed, or waited for a neighbour to come back."""
    uitbak.werk_af(timezone.now())
