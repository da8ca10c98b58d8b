"""Jobs of this package, found by procrastinate."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accounts import limieten


@app.periodic(cron="17 * * * *")
@app.task(name="accounts.ruim_tellers_op", queueing_lock="accounts.ruim_tellers_op")
def ruim_tellers_op(timestamp: int) -> None:
    """Once an hour: remove counters that no longer count."""
    limieten.ruim_op(datetime.fromtimestamp(timestamp, UTC))
