"""Wat de beheerder van de server van het bezorgen moet weten, los van hoe lang het al duurt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from portal.klanten.bevindingen import Bevinding
from portal.webhooks.bezorging import ADRES_GEWEIGERD
from portal.webhooks.cijfers import PLAATSEN_VOL
from portal.webhooks.models import Abonnement, Baan, Teller

ONLANGS = timedelta(hours=1)


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Receivers on an address that is not allowed, and a worker without a place left."""
    return _geweigerde_adressen() | _volle_plaatsen(op)


def _geweigerde_adressen() -> dict[str, Bevinding]:
    """By number: the name of a receiver may change, and nobody types an address here."""
    geweigerd = Baan.objects.filter(
        abonnement=OuterRef("pk"), openstaand__gt=0, laatste_fout__in=ADRES_GEWEIGERD
    )
    misgaand = Abonnement.objects.filter(Exists(geweigerd), mislukt_sinds__isnull=False)
    misgaand = misgaand.exclude(status=Abonnement.Status.INGETROKKEN).order_by("pk")
    return {
        f"adres abonnement {pk}": Bevinding(
            zin=f"abonnement {pk} wijst naar een adres waar wij niet heen mogen",
            doe=(
                "kijk waar zijn naam, of die van zijn tokenadres, heen wijst (DNS); hoort dat zo,"
                " zet dan zijn net in WEBHOOKS_TOEGESTANE_NETTEN; daarna: manage.py abonnement"
                f' probeer-nu {pk} --reden "…"'
            ),
        )
        for pk in misgaand.values_list("pk", flat=True)
    }


def _volle_plaatsen(op: datetime) -> dict[str, Bevinding]:
    if not Teller.objects.filter(naam=PLAATSEN_VOL, op__gt=op - ONLANGS).exists():
        return {}
    plaatsen = settings.PROCRASTINATE_WORKER_DEFAULTS["concurrency"]
    return {
        "plaatsen vol": Bevinding(
            zin=f"alle {plaatsen} plaatsen van een werker waren het laatste uur bezet",
            doe=(
                "kijk welke ontvangers hangen (manage.py abonnement lijst) en pauzeer ze, of geef"
                " meer plaatsen: WERKER_PLAATSEN, of een werker erbij"
            ),
        )
    }
