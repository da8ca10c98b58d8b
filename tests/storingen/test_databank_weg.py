"""De databank valt om, is een tijd weg, of verbreekt verbindingen: daarna gaat alles verder."""

import os
import signal

import psycopg
import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
TERUG = 10.0
"""Seconds to new arrivals, once the database is back."""
ACHTERKANTEN = """
select pid from pg_stat_activity
 where datname = current_database() and application_name = %s and pid <> pg_backend_pid()
"""
BREEK = """
select pg_terminate_backend(pid) from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() and application_name like %s
"""


@pytest.fixture
def draaiend(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een", wachttijd=2)
    opstelling.werker()
    opstelling.schrijver("a")
    wacht(lambda: len(regels(opstelling.ontvangst)) > 5, 30, "er wordt bezorgd")
    return opstelling


def _is_terug(opstelling):
    try:
        return bool(opstelling.vraag("select 1"))
    except psycopg.OperationalError:
        return False


def _gaat_verder(opstelling):
    """Seconden vanaf het moment dat de databank weer antwoordt."""
    wacht(lambda: _is_terug(opstelling), 30, "de databank antwoordt")
    eerder = len(regels(opstelling.ontvangst))

    def verder():
        opstelling.bewaak(0.1)
        return len(regels(opstelling.ontvangst)) > eerder + 2

    return wacht(verder, op_deze_machine(TERUG) + 5, "er komt weer iets aan")


def _klopt(opstelling):
    opstelling.processen[-1].stop()
    opstelling.wacht_tot_leeg()
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert verslag.fouten == {}


def test_na_een_crash_en_na_vijf_seconden_weg_gaat_het_binnen_tien_seconden_verder(draaiend):
    pid = draaiend.vraag(ACHTERKANTEN, "werker")[0][0]
    os.kill(pid, signal.SIGKILL)  # PostgreSQL neemt dan alle andere mee en herstelt
    assert _gaat_verder(draaiend) < op_deze_machine(TERUG)

    draaiend.server.kind.send_signal(signal.SIGQUIT)
    draaiend.server.kind.wait(10)
    draaiend.bewaak(5)
    draaiend.server._herstart = False
    assert draaiend.server.bewaak()
    assert _gaat_verder(draaiend) < op_deze_machine(TERUG)
    _klopt(draaiend)


def test_een_verbroken_verbinding_kost_hooguit_een_herhaling(draaiend):
    for wie in ("werker", "werker-slot", "werker-taken", "web", "%"):
        draaiend.vraag(BREEK, wie)
        assert _gaat_verder(draaiend) < op_deze_machine(TERUG), wie
    _klopt(draaiend)
