"""One server on loopback that lives exactly as long as we do."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from portal.ingebed.cluster import lees_staat, ruim_dode_pid, schrijf_staat, wachtwoord_van
from portal.ingebed.plaats import GeenDatabank, Plek, kies_plek

PR_SET_PDEATHSIG = 1
WACHT = 30.0
"""Seconds until a start counts as failed."""
OPTIES = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket path over 107 bytes fails
    "log_error_verbosity": "terse",  # no values of people in the log
    "log_min_error_statement": "panic",
    "timezone": "UTC",
    "max_connections": "200",
}
_NOG_NIET = ("postmaster.pid", "shared memory block")
"""The server before us is still on its way out; try again."""
_POORT_BEZET = ("could not bind", "could not create any TCP/IP sockets")


def _sterf_met_ouder(ouder: int) -> None:
    """Fast shutdown (SIGINT) of the server when the thread that started it is gone; Linux only.

    Runs in the child, after the change of account: that change would clear the death signal.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != ouder:
            os._exit(1)


def vrije_poort() -> int:
    """Return a port on loopback that was free a moment ago."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def eis_bereikbaar(url: str) -> None:
    """Raise GeenDatabank with one sentence (no password in it) when `url` does not answer."""
    try:
        with psycopg.connect(url, connect_timeout=3) as verbinding:
            verbinding.execute("select 1")
    except psycopg.Error as fout:
        plek = urlsplit(url)
        raise GeenDatabank(
            f"De databank {plek.path.lstrip('/')!r} op {plek.hostname or 'de socket'}"
            f":{plek.port or 5432} antwoordt niet ({type(fout).__name__})."
            " Kijk of de server draait en of DATABASE_URL klopt."
        ) from None


class Server:
    """A server with its data under `map_`: our own child, or one that another of us runs there."""

    def __init__(self, map_: Path, extra: Mapping[str, str] | None = None) -> None:
        """`extra` are settings of PostgreSQL besides ours; a fault test needs some."""
        self.map = map_.resolve()
        self.opties = OPTIES | dict(extra or {})
        self.poort = 0
        self.kind: subprocess.Popen[bytes] | None = None
        self._wachtwoord = ""
        self._slot: IO[str] | None = None
        self._plek: Plek  # chosen by start()
        self._herstart = False

    def start(self) -> None:
        """Return when a query is answered; raise GeenDatabank with the reason when that fails."""
        einde = time.monotonic() + WACHT
        while not self._neem_slot():
            if self._sluit_aan():
                return
            if time.monotonic() > einde:
                raise GeenDatabank(
                    f"Een ander proces gebruikt {self.map}, maar zijn databank antwoordt niet."
                    " Stop dat proces en probeer opnieuw."
                )
            time.sleep(0.05)
        try:
            self._start_eigen()
        except BaseException:
            self.stop()
            raise

    def url(self, naam: str = "portaal") -> str:
        """Return the URL of database `naam`, made when it is not there yet."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as verbinding:
            bekend = verbinding.execute("select from pg_database where datname = %s", [naam])
            if bekend.rowcount == 0:
                # two that start together both get here: the name can exist by now
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    verbinding.execute(sql.SQL("create database {}").format(sql.Identifier(naam)))
        return self._url(naam)

    def bewaak(self) -> bool:
        """Call now and then, from the thread that started: return True after a restart.

        A server that ends by itself is started again once, on the same port; the second time
        raises GeenDatabank with its log.
        """
        if self.kind is None or self.kind.poll() is None:
            return False
        if self._herstart:
            raise GeenDatabank(f"PostgreSQL stopte opnieuw:\n{self._staart(0)}")
        self._herstart = True
        self._probeer(self.poort)
        return True

    def stop(self) -> None:
        """Fast shutdown; immediate after ten seconds; never SIGKILL. Leaves another's alone."""
        if self.kind is not None and self.kind.poll() is None:
            self.kind.send_signal(signal.SIGINT)
            try:
                self.kind.wait(10)
            except subprocess.TimeoutExpired:
                self.kind.send_signal(signal.SIGQUIT)
                self.kind.wait(10)
        self.kind = None
        if self._slot is not None:
            self._slot.close()
            self._slot = None

    def _url(self, naam: str) -> str:
        return f"postgresql://portaal:{self._wachtwoord}@127.0.0.1:{self.poort}/{naam}"

    def _neem_slot(self) -> bool:
        """The lock goes with the server (it inherits the file): held means a server runs."""
        try:
            self.map.mkdir(parents=True, exist_ok=True)
            slot = (self.map / "pg.lock").open("a")
        except OSError as fout:
            raise GeenDatabank(
                f"In {self.map} kan de databank niet staan: {fout.strerror}."
                " Kies een map waarin u mag schrijven."
            ) from None
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            slot.close()
            return False
        self._slot = slot
        return True

    def _sluit_aan(self) -> bool:
        staat = lees_staat(self.map)
        self.poort, self._wachtwoord = staat.get("poort", 0), staat.get("wachtwoord", "")
        return bool(self.poort) and self._antwoordt()

    def _antwoordt(self) -> bool:
        """Ready is when a query answers, not when a file exists."""
        try:
            with psycopg.connect(self._url("postgres"), connect_timeout=2) as verbinding:
                verbinding.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def _start_eigen(self) -> None:
        self._plek = kies_plek(self.map)
        self._wachtwoord = wachtwoord_van(self._plek, self.map)
        self._probeer(vrije_poort())
        schrijf_staat(self.map, poort=self.poort, wachtwoord=self._wachtwoord)

    def _probeer(self, poort: int) -> None:
        """Start on `poort`; wait for one that is still leaving; take another port when taken."""
        einde = time.monotonic() + WACHT
        while True:
            staart = self._start_kind(poort)
            if not staart:
                return
            if time.monotonic() > einde or not any(s in staart for s in _NOG_NIET + _POORT_BEZET):
                raise GeenDatabank(f"PostgreSQL stopte bij het starten:\n{staart}")
            if not self._herstart and any(s in staart for s in _POORT_BEZET):
                poort = vrije_poort()
            time.sleep(0.1)

    def _start_kind(self, poort: int) -> str:
        """Return nothing when it answers, else the last lines of its log."""
        plek, self.poort, ouder = self._plek, poort, os.getpid()
        slot = [self._slot.fileno()] if self._slot else []
        ruim_dode_pid(plek.data)
        extra = [
            deel for naam, waarde in self.opties.items() for deel in ("-c", f"{naam}={waarde}")
        ]
        with plek.log.open("ab") as uit:
            begin = uit.tell()
            self.kind = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
                [plek.bin / "postgres", "-D", plek.data, "-p", str(poort), *extra],
                user=plek.wie.uid, group=plek.wie.gid, extra_groups=plek.wie.groepen,
                process_group=0,  # Ctrl-C is for us: we stop the rest before the database
                preexec_fn=lambda: _sterf_met_ouder(ouder), pass_fds=slot,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=uit, cwd=plek.thuis,
            )  # fmt: skip
        einde = time.monotonic() + WACHT
        while self.kind.poll() is None:
            if self._antwoordt():
                return ""
            if time.monotonic() > einde:
                raise GeenDatabank(f"PostgreSQL antwoordt niet na {WACHT:.0f} seconden.")
            time.sleep(0.03)
        return self._staart(begin) or "(geen regels in het log)"

    def _staart(self, begin: int) -> str:
        """Return the last twenty lines that the log got after byte `begin`."""
        tekst = self._plek.log.read_bytes()[begin:].decode(errors="replace")
        return "\n".join(tekst.splitlines()[-20:])
