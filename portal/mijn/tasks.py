"""De taken van de schermen: bestanden maken en opruimen; een taak draagt niets van een mens."""

from datetime import UTC, datetime
from functools import partial

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.klanten.stappen import doe_elke_stap
from portal.mijn import inlogregels
from portal.mijn.downloads import aanvragen
from portal.mijn.models import Download


@app.task(name="mijn.maak_downloads")
def maak_downloads() -> None:
    """Maak elk gevraagd bestand; een bestand dat niet lukt, houdt de andere niet op."""
    bezig = Download.objects.filter(stand=Download.Stand.BEZIG).order_by("gevraagd_op")
    doe_elke_stap(*(partial(_maak, download) for download in bezig))


def _maak(download: Download) -> None:
    try:
        aanvragen.maak(download, op=timezone.now())
    except Exception:
        aanvragen.is_mislukt(download)
        raise


@app.periodic(cron="* * * * *")
@app.task(name="mijn.veeg", queueing_lock="mijn.veeg")
def veeg(timestamp: int) -> None:
    """Elke minuut: ruim verlopen bestanden op en maak wat bleef liggen."""
    aanvragen.ruim_op(datetime.fromtimestamp(timestamp, UTC))
    maak_downloads()


@app.periodic(cron="29 3 * * *")
@app.task(name="mijn.wis_inlogregels", queueing_lock="mijn.wis_inlogregels")
def wis_inlogregels(timestamp: int) -> None:
    """Elke nacht: inlogregels die na het verwijderen van de klant bleven liggen."""
    inlogregels.wis_zonder_klant()
