"""Prometheus figures of the webhooks, read from the tables at the moment they are asked."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import REGISTRY, Collector

PLAATSEN_VOL = "plaatsen_vol"
DUUR_BAKKEN = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0)
VERTRAGING_BAKKEN = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 60.0, 3600.0)
STANDEN = """
select a.id::text, coalesce(sum(b.openstaand), 0)::float8,
       coalesce(extract(epoch from now() - least(
           min(least(b.opnieuw_op, b.geblokkeerd_sinds)) filter (where b.openstaand > 0),
           case when sum(b.openstaand) > 0 then a.mislukt_sinds end)), 0),
       (a.onderbroken_tot > now() or a.mislukt_achtereen >= 5)::int,
       count(*) filter (where b.openstaand > 0 and b.geblokkeerd_sinds is not null),
       count(*) filter (where b.uitgeput)
  from webhooks_abonnement a left join webhooks_baan b on b.abonnement_id = a.id
 where a.status <> 'ingetrokken' group by a.id order by a.id
"""
TELLERS = """
select naam, coalesce(abonnement_id::text, ''), label, waarde,
       coalesce(extract(epoch from now() - op), 0)
  from webhooks_teller order by 1, 2, 3
"""
TEL = """
insert into webhooks_teller as t (naam, abonnement_id, label, waarde, op)
values (%s, null, %s, 1, now())
on conflict (naam, abonnement_id, label) do update set waarde = t.waarde + 1, op = now()
"""
PER_ABONNEMENT = ["abonnement"]


def bak(seconden: float, bakken: tuple[float, ...]) -> str:
    """Return the label of the smallest bucket that holds `seconden`."""
    return next((str(grens) for grens in bakken if seconden <= grens), "+Inf")


class WebhookCijfers(Collector):
    """Registered once per process; asks the database when Prometheus asks us."""

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not need a database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield what docs/webhooks.md lists."""
        yield from _standen(_rijen(STANDEN))
        yield from _tellers(_rijen(TELLERS))


def tel(naam: str, label: str = "") -> None:
    """Add one to a figure of all together, and remember when."""
    with connection.cursor() as cursor:
        cursor.execute(TEL, [naam, label[:40]])


def registreer() -> None:
    """Hang the figures on the registry of this process, once."""
    if WebhookCijfers not in {type(c) for c in REGISTRY._collector_to_names}:  # geen openbaar woord
        REGISTRY.register(WebhookCijfers())


def _rijen(vraag: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return list(cursor.fetchall())


def _standen(rijen: list[tuple[str, ...]]) -> Iterator[Metric]:
    namen = {
        "webhooks_open": "messages that wait",
        "webhooks_oudste_seconden": "how long the longest waiting baan waits",
        "webhooks_onderbroken": "1 while the breaker is open",
        "webhooks_banen_geblokkeerd": "banen whose head is refused",
        "webhooks_banen_uitgeput": "banen that nothing is tried for any more",
    }
    for plek, (naam, uitleg) in enumerate(namen.items(), start=1):
        meting = GaugeMetricFamily(naam, uitleg, labels=PER_ABONNEMENT)
        for rij in rijen:
            meting.add_metric([rij[0]], max(float(rij[plek] or 0), 0.0))
        yield meting


def _tellers(rijen: list[tuple[str, ...]]) -> Iterator[Metric]:
    pogingen = CounterMetricFamily(
        "webhooks_pogingen", "tries by result", labels=["abonnement", "uitkomst"]
    )
    ingehaald = CounterMetricFamily(
        "webhooks_dubbel_ingehaald", "two workers on one abonnement", labels=PER_ABONNEMENT
    )
    bakken: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for naam, abonnement, label, waarde, geleden in rijen:
        if naam == "pogingen":
            pogingen.add_metric([abonnement, label], float(waarde))
        elif naam == "dubbel_ingehaald":
            ingehaald.add_metric([abonnement], float(waarde))
        elif naam == "veeg_vond":
            vond = "abonnementen that only the sweep found"
            yield CounterMetricFamily("webhooks_veeg_vond", vond, float(waarde))
        elif naam == PLAATSEN_VOL:
            vol = "minutes in which a worker had no place left"
            yield CounterMetricFamily("webhooks_plaatsen_vol", vol, float(waarde))
        elif naam == "veeg":
            sinds = "seconds since the last sweep"
            yield GaugeMetricFamily("webhooks_laatste_veeg_seconden", sinds, float(geleden))
        else:
            bakken[naam, abonnement][label] = float(waarde)
    yield pogingen
    yield ingehaald
    yield _histogram("webhooks_duur_seconds", "duur", DUUR_BAKKEN, bakken)
    yield _histogram("webhooks_vertraging_seconds", "vertraging", VERTRAGING_BAKKEN, bakken)


def _histogram(
    naam: str,
    teller: str,
    grenzen: tuple[float, ...],
    bakken: dict[tuple[str, str], dict[str, float]],
) -> Metric:
    meting = HistogramMetricFamily(naam, f"{teller} in seconds", labels=PER_ABONNEMENT)
    for (welke, abonnement), inhoud in sorted(bakken.items()):
        if welke != teller:
            continue
        opgeteld, reeks = 0.0, []
        for grens in [*map(str, grenzen), "+Inf"]:
            opgeteld += inhoud.get(grens, 0.0)
            reeks.append((grens, opgeteld))
        som = bakken.get((f"{teller}_som", abonnement), {}).get("", 0.0)
        meting.add_metric([abonnement], reeks, som)
    return meting
