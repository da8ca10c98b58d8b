"""The worker shows that it works: a file of its own, touched each time it looked for a task."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from procrastinate import App
from procrastinate.jobs import Job
from procrastinate.manager import JobManager


class Hartslag(JobManager):
    """As JobManager, and touches WERKER_HARTSLAG after each look.

    A worker looks every five seconds at least. It stops when its event loop hangs, when all its
    places are held, or when the database does not answer; a worker without a database ends by
    itself and is started again, so an old file means a worker that hangs.
    """

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        job = await super().fetch_job(queues, worker_id)
        Path(settings.WERKER_HARTSLAG).touch()
        return job


def toon_leven(app: App) -> None:
    """Let a worker in this process touch the file, if it was given one."""
    if settings.WERKER_HARTSLAG:
        app.job_manager = Hartslag(app.connector)
