"""De taken van de schermen: bestanden maken en opruimen; een taak draagt niets van een mens."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.mijn.downloads import aanvragen
from portal.mijn.models import Download


@app.task(name="mijn.maak_downloads")
def maak_downloads() -> None:
    """Maak elk gevraagd bestand; een bestand dat niet lukt, houdt de andere niet op."""
    for download in Download.objects.filter(stand=Download.Stand.BEZIG).order_by("gevraagd_op"):
        try:
            aanvragen.maak(download, op=timezone.now())
        except Exception:
            Download.objects.filter(pk=download.pk).update(stand=Download.Stand.MISLUKT)
            raise


@app.periodic(cron="* * * * *")
@app.task(name="mijn.veeg", queueing_lock="mijn.veeg")
def veeg(timestamp: int) -> None:
    """Elke minuut: ruim verlopen bestanden op en maak wat bleef liggen."""
    aanvragen.ruim_op(datetime.fromtimestamp(timestamp, UTC))
    maak_downloads()
