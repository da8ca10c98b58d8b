"""Summer time at the edge: the jobs of the night, moments that a manager types, a receiver's date.

The clock here skips 02:00-03:00 on 29 March 2026 and has it twice on 25 October 2026.
"""

import datetime as dt
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from portal.webhooks import alarm
from portal.webhooks.admin_forms import HandelingForm
from portal.webhooks.models import Geheim
from portal.webhooks.vervolg import rust
from tests.webhooks.conftest import abonnement

HIER = ZoneInfo("Europe/Amsterdam")
DAG = dt.timedelta(days=1)
NACHTEN = [
    pytest.param(dt.date(2026, 3, 29), id="de nacht zonder half drie"),
    pytest.param(dt.date(2026, 10, 25), id="de nacht met twee keer half drie"),
]
NACHTWERK = {
    "accounts.ruim_inlogregels_op", "klanten.ruim_op", "logboek.ruim_op", "mijn.wis_inlogregels",
    "registers.meld_periodes", "webhooks.ruim_op",
}  # fmt: skip


def keren(taak: str, nacht: dt.date) -> list[dt.datetime]:
    """When procrastinate starts this task, from four days before this night to four days after."""
    midden = dt.datetime.combine(nacht, dt.time(), HIER).timestamp()
    [werk] = (p for p in app.periodic_registry.periodic_tasks.values() if p.task.name == taak)
    momenten = PeriodicDeferrer(registry=app.periodic_registry).get_timestamps(
        periodic_task=werk, since=int(midden) - 4 * 86_400, until=midden + 5 * 86_400
    )
    return [dt.datetime.fromtimestamp(moment, dt.UTC) for moment in momenten]


def per_nacht() -> set[str]:
    """The tasks that run once a day."""
    dagelijks = set()
    for periodiek in app.periodic_registry.periodic_tasks.values():
        _minuut, uur, *_rest = periodiek.cron.split()
        if uur.isdigit():
            dagelijks.add(periodiek.task.name)
    return dagelijks


def test_elk_nachtwerk_staat_hieronder() -> None:
    assert per_nacht() == NACHTWERK


@pytest.mark.parametrize("nacht", NACHTEN)
@pytest.mark.parametrize("taak", sorted(NACHTWERK))
def test_nachtwerk_gebeurt_elke_dag_hier_een_keer_en_na_middernacht(
    taak: str, nacht: dt.date
) -> None:
    hier = [moment.astimezone(HIER) for moment in keren(taak, nacht)]
    per_dag = Counter(moment.date() for moment in hier)
    assert [per_dag[nacht + n * DAG] for n in range(-3, 4)] == [1] * 7
    assert {1 <= moment.hour < 7 for moment in hier} == {True}


@pytest.mark.lang
@pytest.mark.parametrize("nacht", NACHTEN)
@pytest.mark.parametrize(
    ("taak", "seconden"),
    [
        ("webhooks.waarschuw", 3600), ("registers.controleer_gronden", 3600),
        ("klanten.veeg", 300), ("berichten.veeg", 60), ("webhooks.veeg", 3),
    ],
)  # fmt: skip
def test_wat_vaker_gebeurt_slaat_geen_uur_over_en_doet_er_geen_twee_keer(
    taak: str, seconden: int, nacht: dt.date
) -> None:
    assert {(b - a).total_seconds() for a, b in pairwise(keren(taak, nacht))} == {seconden}


@pytest.mark.django_db
@pytest.mark.parametrize("nacht", NACHTEN)
@pytest.mark.parametrize("eerder", [dt.timedelta(0), dt.timedelta(hours=23)], ids=str)
def test_een_mail_van_een_dag_valt_niet_tussen_twee_nachten_en_komt_niet_twee_keer(
    mailoutbox: list[object], nacht: dt.date, eerder: dt.timedelta
) -> None:
    """A count of days that is looked at once a night: a night of 23 or 25 hours would miss one."""
    zaaksysteem = abonnement("https://zaken.waterveen.nl/webhook")
    nachten = keren("webhooks.ruim_op", nacht)
    Geheim.objects.filter(abonnement=zaaksysteem).update(
        geldig_vanaf=nachten[4] - alarm.GEHEIM_DAGEN * DAG - eerder
    )
    for moment in nachten:
        alarm.waarschuw_dagelijks(moment)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("getypt", "moment"),
    [
        ("2026-03-29 01:59", dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)),
        ("2026-03-29 03:00", dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)),
        ("2026-10-25 01:59", dt.datetime(2026, 10, 24, 23, 59, tzinfo=dt.UTC)),
        ("2026-10-25 03:00", dt.datetime(2026, 10, 25, 2, 0, tzinfo=dt.UTC)),
        ("2026-03-29 02:30", None),
        ("2026-10-25 02:30", None),
    ],
)
def test_een_pauze_tot_een_tijd_hier_is_dat_moment_of_een_vraag_om_een_andere_tijd(
    getypt: str, moment: dt.datetime | None
) -> None:
    """Half past two does not exist, or exists twice: then nobody guesses."""
    formulier = HandelingForm(
        {"handeling": "pauzeer", "reden": "onderhoud", "moment": getypt, "open_gezien": "0"}
    )
    assert formulier.is_valid() is (moment is not None)
    assert formulier.cleaned_data.get("moment") == moment
    assert set(formulier.errors) == (set() if moment else {"moment"})


@pytest.mark.parametrize(
    ("nu", "retry_after"),
    [
        (dt.datetime(2026, 3, 29, 0, 59, 30, tzinfo=dt.UTC), "Sun, 29 Mar 2026 01:00:30 GMT"),
        (dt.datetime(2026, 3, 29, 0, 59, 30, tzinfo=dt.UTC), "Sun, 29 Mar 2026 03:00:30 +0200"),
        (dt.datetime(2026, 10, 25, 0, 59, 30, tzinfo=dt.UTC), "Sun, 25 Oct 2026 01:00:30 GMT"),
        (dt.datetime(2026, 10, 25, 0, 59, 30, tzinfo=dt.UTC), "Sun, 25 Oct 2026 02:00:30 +0100"),
    ],
)
def test_rust_tot_een_moment_is_een_minuut_en_geen_uur(nu: dt.datetime, retry_after: str) -> None:
    assert rust(retry_after, nu) == dt.timedelta(minutes=1)
