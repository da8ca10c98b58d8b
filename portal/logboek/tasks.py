"""Jobs of this package, found by procrastinate."""

import logging
from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from portal.logboek import bewaren, controle

logger = logging.getLogger(__name__)


@app.periodic(cron="41 3 * * *")
@app.task(name="logboek.ruim_op", queueing_lock="logboek.ruim_op")
def ruim_op(timestamp: int) -> None:
    """Once a day: end what has passed its term."""
    bewaren.ruim_op(datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="7 * * * *")
@app.task(name="logboek.toon_koppen", queueing_lock="logboek.toon_koppen")
def toon_koppen(timestamp: int) -> None:
    """Each hour the signed heads leave with the application log: that copy finds a cut tail.

    Those of yesterday too: after midnight its last one has not left yet.
    """
    gisteren = datetime.fromtimestamp(timestamp, UTC).date() - timedelta(days=1)
    for kop in controle.getekende_koppen(sinds=gisteren):
        logger.info("logboek.kop", extra={"kop": kop})
