"""Een verbinding van web luistert niet eeuwig, en geen vraag wacht twee keer."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction

from portal.databank.verbinding import geduld, langer

pytestmark = pytest.mark.lang

STIL = "select pg_sleep(3)"


@pytest.fixture
def kort(transactional_db: None) -> Iterator[None]:
    """Listen for half a second; the server would take three."""
    opties = connection.settings_dict["OPTIONS"]
    eerder, opties["geduld"] = opties["geduld"], 0.5
    connection.close()
    yield
    opties["geduld"] = eerder
    connection.close()
    connection._dicht_tot = 0.0


def _vraag(opdracht: str = STIL) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opdracht)


def test_wie_geen_antwoord_krijgt_houdt_op_en_probeert_het_in_deze_vraag_niet_weer(
    kort: None,
) -> None:
    begin = time.monotonic()
    with pytest.raises(OperationalError), transaction.atomic():
        _vraag()
    with pytest.raises(OperationalError):
        _vraag("select 1")
    assert time.monotonic() - begin < 1  # and not a second half

    connection._dicht_tot = 0.0  # a second later
    _vraag("select 1")


def test_een_fout_van_de_server_zelf_breekt_geen_verbinding(kort: None) -> None:
    with pytest.raises(OperationalError, match="statement timeout"):
        _vraag("set statement_timeout = '50ms'; select pg_sleep(3)")
    eerder = connection.connection
    _vraag("select 1")
    assert connection.connection is eerder


def test_wie_bewust_langer_wacht_krijgt_de_tijd(kort: None) -> None:
    with langer(3):
        _vraag("select pg_sleep(0.8)")
    with pytest.raises(OperationalError):
        _vraag()


def test_een_verbinding_die_stil_lag_en_niet_antwoordt_wordt_vervangen(
    kort: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.databank.base.PROEF", 0.5)
    _vraag("select 1")
    eerder = connection.connection
    achterkant = eerder.info.backend_pid
    os.kill(achterkant, signal.SIGSTOP)
    try:
        connection.health_check_enabled, connection.health_check_done = True, False
        _vraag("select 1")
    finally:
        os.kill(achterkant, signal.SIGCONT)
    assert connection.connection is not eerder
    assert eerder.closed


def test_de_werker_en_wie_beheert_wachten_zo_lang_het_duurt() -> None:
    assert geduld("4s", "web") == 4.5
    assert geduld("500ms", "web") == geduld("500", "web") == 1.0
    assert geduld("10min", "web") == 600.5
    assert geduld("0", "web") is geduld("30s", "werker") is geduld("4s", "beheer") is None
    assert "geduld" not in connection.get_connection_params()


def test_een_duur_die_postgresql_niet_kent_stopt_de_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="DB_STATEMENT_TIMEOUT is 'vijf'"):
        geduld("vijf", "web")
