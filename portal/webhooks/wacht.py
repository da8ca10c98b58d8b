"""De wacht meteen wekken: voor wat niet tot haar volgende uur kan wachten.

She reads the state again and mails what is new (`alarm.waarschuw_beheer`), so waking her too often
sends nothing twice.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

TAAK = "webhooks.waarschuw"


def wek_wacht() -> None:
    """After the transaction of now, if there is one; it may fail, then the hour will do."""
    transaction.on_commit(_wek, robust=True)


async def wek_wacht_vanuit_de_pomp() -> None:
    """As `wek_wacht`, in the loop of a worker."""
    with suppress(AlreadyEnqueued):
        await _taak().defer_async(timestamp=0)


def _wek() -> None:
    with suppress(AlreadyEnqueued):
        _taak().defer(timestamp=0)


def _taak() -> JobDeferrer:
    return app.configure_task(TAAK, queue="veeg", queueing_lock=TAAK, priority=10)
