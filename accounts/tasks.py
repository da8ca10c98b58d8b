"""Jobs of this package, found by procrastinate."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accounts import concepten, inlogregels, limieten
from accounts.sessieopslag import SessionStore


@app.periodic(cron="17 * * * *")
@app.task(name="accounts.ruim_tellers_op", queueing_lock="accounts.ruim_tellers_op")
def ruim_tellers_op(timestamp: int) -> None:
    """Once an hour: remove counters that no longer count."""
    limieten.ruim_op(datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="*/5 * * * *")
@app.task(name="accounts.ruim_sessies_op", queueing_lock="accounts.ruim_sessies_op")
def ruim_sessies_op(timestamp: int) -> None:
    """Every five minutes: remove sessions and drafts whose time is over."""
    SessionStore.clear_expired()
    concepten.ruim_op(datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="23 3 * * *")
@app.task(name="accounts.ruim_inlogregels_op", queueing_lock="accounts.ruim_inlogregels_op")
def ruim_inlogregels_op(timestamp: int) -> None:
    """Every night: remove lines of log-ins older than 90 days."""
    inlogregels.ruim_op(datetime.fromtimestamp(timestamp, UTC))
