"""A directory that every account may enter, and processes that we may kill."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.ingebed.plaats import kopieer, vind_bin

BASIS = Path(__file__).resolve().parents[2]

OUDER = """
import sys
from pathlib import Path
from portal.ingebed import databank
with databank(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""
"""A program with a server of its own; it ends when its standard input does."""


Ouder = tuple[subprocess.Popen[str], str]


@pytest.fixture
def map_() -> Iterator[Path]:
    """Unlike `tmp_path` this can be entered by the account that runs the server for root."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-huis-", ignore_cleanup_errors=True) as pad:
        Path(pad).chmod(0o755)
        yield Path(pad)


@pytest.fixture
def bereikbare_bin(map_: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The server in a place that every account can reach."""
    bin_ = kopieer(vind_bin(), map_ / "postgresql")
    monkeypatch.setenv("POSTGRES_BIN", str(bin_))
    return bin_


def processen_in(data: Path) -> list[int]:
    """Return the pids of what runs with `data` as its working directory, as PostgreSQL does."""
    gevonden = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve():
                gevonden.append(int(pid))
        except OSError:
            continue
    return gevonden


def wacht_tot(klopt: Callable[[], bool], wat: str, seconden: float = 10) -> None:
    """Wait for a condition with a deadline; fail naming it."""
    einde = time.monotonic() + seconden
    while not klopt():
        assert time.monotonic() < einde, wat
        time.sleep(0.02)


@pytest.fixture(scope="session", autouse=True)
def _seinen_komen_aan() -> None:
    """Who is started by nohup or in the background ignores these, and so do all its children."""
    for sein in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(sein) is signal.SIG_IGN:
            signal.signal(sein, signal.SIG_DFL)


@pytest.fixture
def start_ouder(map_: Path) -> Iterator[Callable[..., Ouder]]:
    """Start OUDER on `map_`; give it and the URL that it printed; nothing of it outlives a test."""
    ouders: list[subprocess.Popen[str]] = []

    def start(**opties: object) -> Ouder:
        omgeving = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        kind = subprocess.Popen(
            [sys.executable, "-c", OUDER, str(map_)],
            cwd=BASIS, env=omgeving | {"PYTHONPATH": str(BASIS)}, text=True,
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, **opties},
        )  # fmt: skip
        ouders.append(kind)
        return kind, kind.stdout.readline().strip()

    yield start
    for kind in ouders:
        kind.kill()
        kind.communicate()
