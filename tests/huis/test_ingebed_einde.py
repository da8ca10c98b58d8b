"""Whatever happens to us, no server is left behind; whatever happens to it, we notice."""

import fcntl
import os
import pty
import signal
import termios
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from portal.ingebed import GeenDatabank, Server
from tests.huis.conftest import Ouder, processen_in, wacht_tot

StartOuder = Callable[..., Ouder]
pytestmark = pytest.mark.storingen


@pytest.mark.parametrize(
    "sein", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda s: s.name
)
def test_na_het_einde_van_de_ouder_draait_er_niets_meer(
    map_: Path, start_ouder: StartOuder, sein: signal.Signals
) -> None:
    ouder, url = start_ouder()
    assert url.startswith("postgresql://")
    assert processen_in(map_ / "pg")

    ouder.send_signal(sein)

    wacht_tot(lambda: processen_in(map_ / "pg") == [], "de server draait nog")


def test_een_gesloten_terminal_laat_niets_draaien(map_: Path, start_ouder: StartOuder) -> None:
    meester, slaaf = pty.openpty()
    start_ouder(stdin=slaaf, start_new_session=True, preexec_fn=lambda: _neem_terminal(slaaf))
    os.close(slaaf)
    assert processen_in(map_ / "pg")

    os.close(meester)

    wacht_tot(lambda: processen_in(map_ / "pg") == [], "de server draait nog")


def _neem_terminal(slaaf: int) -> None:
    fcntl.ioctl(slaaf, termios.TIOCSCTTY, 0)


def test_na_kill_9_van_de_ouder_start_een_nieuwe_meteen(
    map_: Path, start_ouder: StartOuder
) -> None:
    ouder, _ = start_ouder()
    ouder.kill()

    server = Server(map_)
    server.start()
    try:
        with psycopg.connect(server.url()) as verbinding:
            assert verbinding.execute("select 1").fetchone() == (1,)
    finally:
        server.stop()


def test_twee_tegelijk_delen_een_server_en_de_tweede_stopt_hem_niet(
    map_: Path, start_ouder: StartOuder
) -> None:
    eerste, url = start_ouder()
    tweede, url_van_tweede = start_ouder()

    tweede.communicate()

    assert url == url_van_tweede
    with psycopg.connect(url) as verbinding:
        assert verbinding.execute("select 1").fetchone() == (1,)
    eerste.communicate()
    assert processen_in(map_ / "pg") == []


def test_twee_die_samen_voor_het_eerst_starten_maken_een_databank(
    map_: Path, start_ouder: StartOuder
) -> None:
    with ThreadPoolExecutor(2) as samen:
        (eerste, url), (tweede, url_van_tweede) = samen.map(lambda _: start_ouder(), range(2))
    assert url == url_van_tweede
    tweede.communicate()
    eerste.communicate()
    assert processen_in(map_ / "pg") == []


def test_een_omgevallen_server_staat_een_keer_weer_op_en_dan_niet_meer(map_: Path) -> None:
    server = Server(map_)
    server.start()
    try:
        url = server.url()
        os.kill(server.kind.pid, signal.SIGKILL)
        server.kind.wait()

        assert server.bewaak() is True
        with psycopg.connect(url) as verbinding:  # the same address
            assert verbinding.execute("select 1").fetchone() == (1,)
        assert server.bewaak() is False

        os.kill(server.kind.pid, signal.SIGKILL)
        server.kind.wait()
        with pytest.raises(GeenDatabank, match="stopte opnieuw"):
            server.bewaak()
    finally:
        server.stop()
    wacht_tot(lambda: processen_in(map_ / "pg") == [], "er draait nog een deel van de server")
