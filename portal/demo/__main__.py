"""`make run`: a working portal on this machine, with everything around it (docs/besluiten, 0003).

Order: ports, PostgreSQL, migrations and demo data, then web server, worker and the receiver that
plays the municipality. Ctrl-C, SIGTERM and a closed terminal stop all of it within five seconds.
"""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from portal.demo.kenmerk import is_klaar, kenmerk, onthoud
from portal.demo.omgeving import BASIS, BUREN, ONTVANGER, PORTAAL, VAR, DemoStopt, omgeving
from portal.demo.processen import Proces, Processen, sterf_met_ouder, zeg
from portal.ingebed import GeenDatabank, Server, eis_bereikbaar

GEREED = 60.0
"""Seconds until the portal must answer."""


class Stop(BaseException):
    """A signal asked us to stop."""


def _bij_sein(sein: int, frame: FrameType | None) -> None:
    for ander in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ander, signal.SIG_IGN)
    raise Stop


def _is_terminal() -> bool:
    """Is there a terminal that we write to? Not any more when its window is closed."""
    return sys.stdout.isatty()


def _processen() -> list[Proces]:
    python, portaal, ontvanger = sys.executable, str(PORTAAL.nummer), str(ONTVANGER.nummer)
    return [
        Proces(
            "web",
            [
                python,
                "-m",
                "granian",
                "portal.wsgi:application",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                portaal,
                "--workers",
                "1",
                "--blocking-threads",
                "4",
                "--workers-kill-timeout",
                "2",
                "--no-ws",
            ],
            {"PROCES": "web"},
            als_wees=signal.SIGTERM,
        ),
        Proces(
            "werker",
            [python, "manage.py", "procrastinate", "worker"],
            {"PROCES": "werker", "DB_STATEMENT_TIMEOUT": "30s"},
        ),
        Proces("gemeente", [python, "-m", "tests.nep_gemeente", "--poort", ontvanger]),
        Proces("buren", [python, "-m", "tests.nep_buren", "--poort", str(BUREN.nummer)]),
    ]


@contextmanager
def _databank() -> Iterator[tuple[str, Server | None]]:
    """Yield the URL, and the server when it is ours to guard."""
    if url := os.environ.get("DATABASE_URL"):
        eis_bereikbaar(url)
        yield url, None
        return
    server = Server(VAR)
    server.start()
    try:
        yield server.url(), server
    finally:
        server.stop()


def _maak_klaar(omgeving_: dict[str, str]) -> None:
    """Migrate, collect the static files and load the demo data, when something changed."""
    nu = kenmerk(omgeving_)
    if "DATABASE_URL" not in os.environ and is_klaar(nu):
        return
    zeg("demo", "De databank en de testgegevens klaarmaken; dat duurt de eerste keer even.")
    klaar = subprocess.run(
        [sys.executable, "manage.py", "maak_demo", "--bestanden"],
        env=omgeving_ | {"PROCES": "beheer", "DB_STATEMENT_TIMEOUT": "0"},
        cwd=BASIS, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if klaar.returncode:
        raise DemoStopt("De databank klaarmaken mislukte; zie de regels hierboven.")
    onthoud(nu)


def _wacht_op_portaal(processen: Processen) -> None:
    einde = time.monotonic() + GEREED
    while time.monotonic() < einde:
        processen.bewaak()
        verbinding = http.client.HTTPConnection("127.0.0.1", PORTAAL.nummer, timeout=5)
        try:
            verbinding.request("GET", "/", headers={"Host": "localhost"})
            verbinding.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            verbinding.close()
    raise DemoStopt(f"Het portaal antwoordt niet binnen {GEREED:.0f} seconden.")


def _welkom(seconden: float) -> None:
    zeg("demo", "")
    zeg("demo", f"Klaar in {seconden:.1f} s. Stoppen: Ctrl-C.")
    zeg("demo", f"Wat de gemeente ontvangt: http://localhost:{ONTVANGER.nummer}")
    zeg(
        "demo",
        f"Open http://localhost:{PORTAAL.nummer} en log in als Noor (inwoner) of als"
        " Bakkerij De Korenbloem (ondernemer).",
    )


def _draai(begin: float) -> None:
    """Run, and go with our terminal: under make its end (SIGHUP) does not always reach us."""
    in_terminal = _is_terminal()
    PORTAAL.eis_vrij()
    ONTVANGER.eis_vrij()
    BUREN.eis_vrij()
    with _databank() as (url, server):
        omgeving_ = omgeving(url)
        _maak_klaar(omgeving_)
        processen = Processen(_processen(), omgeving_)
        try:
            processen.start()
            _wacht_op_portaal(processen)
            _welkom(time.monotonic() - begin)
            while True:
                processen.bewaak()
                if server is not None and server.bewaak():
                    zeg("demo", "PostgreSQL stopte en is opnieuw gestart")
                if in_terminal and not _is_terminal():
                    raise Stop
                time.sleep(0.2)
        finally:
            processen.stop()


def main() -> int:
    """Run until a signal; return the exit code."""
    begin = time.monotonic()
    if "MAKELEVEL" in os.environ:  # a make that is killed takes us along
        sterf_met_ouder(os.getppid())
    for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sein, _bij_sein)
    try:
        _draai(begin)
    except Stop:
        zeg("demo", "Gestopt.")
        return 0
    except (DemoStopt, GeenDatabank) as fout:
        zeg("demo", str(fout))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
