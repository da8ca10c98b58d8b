"""Hoe het met de berichten aan mensen gaat: cijfers, en wat de beheerder moet weten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from portal.berichten.models import Bericht
from portal.klanten.bevindingen import Bevinding

TE_LANG = timedelta(hours=1)
KANAAL = ["kanaal"]
ZOEK = "zoek in het log naar 'bericht niet verzonden'"
DOE = {
    "email": f"controleer de mailserver (EMAIL_HOST) en {ZOEK}",
    "sms": f"controleer NotifyNL (NOTIFYNL_SLEUTEL) en {ZOEK}",
}


def cijfers() -> Iterator[Metric]:
    """Waiting and given up per channel; given up counts the thirty days that a row is kept."""
    nu = timezone.now()
    wacht = {kanaal: (aantal, sinds) for kanaal, aantal, sinds in _wachtend()}
    opgegeven = dict(
        Bericht.objects.filter(stand=Bericht.Stand.OPGEGEVEN)
        .values_list("kanaal")
        .annotate(aantal=Count("pk"))
    )
    wachtend = GaugeMetricFamily("berichten_wachtend", "messages that wait", labels=KANAAL)
    oudste = GaugeMetricFamily(
        "berichten_oudste_seconden", "how long the oldest message waits", labels=KANAAL
    )
    op = GaugeMetricFamily("berichten_opgegeven", "given up in the last 30 days", labels=KANAAL)
    for kanaal in Bericht.Kanaal.values:
        aantal, sinds = wacht.get(kanaal, (0, nu))
        wachtend.add_metric([kanaal], aantal)
        oudste.add_metric([kanaal], max((nu - sinds).total_seconds(), 0.0))
        op.add_metric([kanaal], opgegeven.get(kanaal, 0))
    yield from (wachtend, oudste, op)


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """What waits too long, and what of the last day was given up because it came too late.

    An address that a mail server refuses is no finding: that is between the klant and the address.
    """
    gevonden = {
        f"{kanaal} wacht": Bevinding(
            zin=f"{aantal} berichten per {kanaal} wachten, het oudste sinds"
            f" {sinds:%d-%m-%Y %H:%M} (UTC)",
            doe=DOE[kanaal],
        )
        for kanaal, aantal, sinds in _wachtend()
        if sinds <= op - TE_LANG
    }
    te_laat = Bericht.objects.filter(
        stand=Bericht.Stand.OPGEGEVEN, afgerond_op__gt=op - timedelta(days=1)
    ).filter(afgerond_op__gte=F("geldig_tot"))
    return gevonden | {
        f"{kanaal} opgegeven": Bevinding(
            zin=f"{aantal} berichten per {kanaal} konden de laatste dag niet op tijd weg,"
            " en gaan niet meer",
            doe=DOE[kanaal],
        )
        for kanaal, aantal in te_laat.values_list("kanaal").annotate(aantal=Count("pk"))
    }


def _wachtend() -> list[tuple[str, int, datetime]]:
    wacht = Bericht.objects.filter(stand=Bericht.Stand.WACHT).values_list("kanaal")
    return list(wacht.annotate(aantal=Count("pk"), sinds=Min("gemaakt_op")))
