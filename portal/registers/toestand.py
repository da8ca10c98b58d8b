"""Hoe het met de buren gaat, voor de beheerder van de server: cijfers, en wat hij moet weten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from portal.klanten.bevindingen import Bevinding, vervalt
from portal.registers import instellingen, stand

TE_LANG = timedelta(hours=4)
BUUR = ["buur"]


def cijfers() -> Iterator[Metric]:
    """How many subjects each coupled neighbour must still hear of, how long, and does it work."""
    nu = timezone.now()
    wachtend = GaugeMetricFamily("buur_wachtend", "subjects a neighbour must hear of", labels=BUUR)
    oudste = GaugeMetricFamily("buur_oudste_seconden", "how long the oldest waits", labels=BUUR)
    werkt = GaugeMetricFamily("buur_werkt", "0 when the last answer was no use", labels=BUUR)
    for regel in _gekoppeld():
        wachtend.add_metric([regel.naam], regel.wachtend)
        sinds = regel.wacht_sinds or nu
        oudste.add_metric([regel.naam], max((nu - sinds).total_seconds(), 0.0))
        werkt.add_metric([regel.naam], float(regel.werkt is not False))
    yield from (wachtend, oudste, werkt)


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Neighbours that are away for hours, what waits for them, and certificates that end."""
    gevonden: dict[str, Bevinding] = {}
    for regel in _gekoppeld():
        if regel.werkt is False and regel.sinds and regel.sinds <= op - TE_LANG:
            gevonden[f"buur {regel.naam}"] = Bevinding(
                zin=f"{regel.titel} werkt niet sinds {regel.sinds:%d-%m-%Y %H:%M} (UTC):"
                f" {regel.reden}",
                doe=f"vraag de beheerder van {regel.titel}; wat wacht gaat daarna vanzelf",
            )
        if regel.wacht_sinds and regel.wacht_sinds <= op - TE_LANG:
            gevonden[f"buur {regel.naam} wacht"] = Bevinding(
                zin=f"{regel.wachtend} wijzigingen wachten op {regel.titel}, de oudste sinds"
                f" {regel.wacht_sinds:%d-%m-%Y %H:%M} (UTC)",
                doe="de reden staat in het beheerscherm onder Buren, en in het log bij"
                " buur.bijwerken_uitgesteld",
            )
        gevonden |= _certificaat(regel.naam, op)
    return gevonden


def _certificaat(naam: str, op: datetime) -> dict[str, Bevinding]:
    pad = instellingen.instelling(naam)["certificaat"]
    if not pad:
        return {}
    doe = (
        f"zet een nieuw certificaat met sleutel op het pad van {naam.upper()}_CERTIFICAAT, herstart"
    )
    try:
        einde = x509.load_pem_x509_certificate(Path(pad).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        zin = f"het clientcertificaat voor {naam} is niet te lezen"
        return {f"certificaat {naam}": Bevinding(zin=zin, doe=doe)}
    return vervalt(f"clientcertificaat {naam}", einde, op, doe)


def _gekoppeld() -> list[stand.Stand]:
    return [regel for regel in stand.stand() if regel.gekoppeld]
