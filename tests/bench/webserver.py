"""`python -m tests.bench.webserver`: granian and gunicorn under this portal (docs/besluiten, 0005).

Same work, same processes and threads, one after the other, each twice in turns. gunicorn is no
dependency: install it somewhere and put that on PYTHONPATH. Prints one JSON object a run.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from portal.demo.omgeving import omgeving
from portal.ingebed import tijdelijke_databank
from portal.ingebed.server import vrije_poort

BASIS = Path(__file__).resolve().parents[2]
SECONDEN, VERBINDINGEN, TRAGE = 8.0, 16, 64
PADEN = ("/", "/health/ready")


def opdracht(server: str, poort: int) -> list[str]:
    """One process with four threads, keep-alive on."""
    if server == "granian":
        return [sys.executable, "-m", "granian", "portal.wsgi:application", "--interface", "wsgi",
                "--port", str(poort), "--workers", "1", "--blocking-threads", "4",
                "--no-ws"]  # fmt: skip
    return [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--workers", "1",
            "--threads", "4", "--worker-class", "gthread",
            "--bind", f"127.0.0.1:{poort}"]  # fmt: skip


@contextmanager
def draait(server: str, omgeving_: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    poort = vrije_poort()
    proces = subprocess.Popen(
        opdracht(server, poort), cwd=BASIS, env=omgeving_, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield poort, proces
    finally:
        proces.send_signal(signal.SIGTERM)
        proces.wait()


async def _wacht(poort: int) -> None:
    while True:
        try:
            _, schrijver = await asyncio.open_connection("127.0.0.1", poort)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            schrijver.close()
            return


async def _vraag(
    sessie: aiohttp.ClientSession, url: str, einde: float, tijden: list[float]
) -> None:
    while (begin := time.monotonic()) < einde:
        try:
            async with sessie.get(url, allow_redirects=False) as antwoord:
                await antwoord.read()
                antwoord.raise_for_status()
        except TimeoutError:  # nobody answers any more: that is a result
            return
        tijden.append(time.monotonic() - begin)


async def meet(poort: int, pad: str, *, trage: int = 0) -> dict[str, float]:
    """Return requests a second and milliseconds, with `trage` clients that never finish theirs."""
    await _wacht(poort)
    houders = [await asyncio.open_connection("127.0.0.1", poort) for _ in range(trage)]
    for _, schrijver in houders:
        schrijver.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Traag: ")
    tijden: list[float] = []
    einde = time.monotonic() + SECONDEN
    tijd = aiohttp.ClientTimeout(total=SECONDEN * 2)
    async with aiohttp.ClientSession(headers={"Host": "localhost"}, timeout=tijd) as sessie:
        url = f"http://127.0.0.1:{poort}{pad}"
        await asyncio.gather(*(_vraag(sessie, url, einde, tijden) for _ in range(VERBINDINGEN)))
    for _, schrijver in houders:
        schrijver.close()
    if len(tijden) < 2:
        return {"per_seconde": 0}
    delen = statistics.quantiles(tijden, n=100)
    return {"per_seconde": round(len(tijden) / SECONDEN), "p50_ms": round(delen[49] * 1000, 1),
            "p95_ms": round(delen[94] * 1000, 1), "p99_ms": round(delen[98] * 1000, 1)}  # fmt: skip


def _geheugen_mb(pid: int) -> int:
    """Resident memory of the process and its children."""
    kinderen = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    bladen = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in (pid, *kinderen))
    return bladen * os.sysconf("SC_PAGE_SIZE") // 2**20


def een_ronde(server: str, omgeving_: dict[str, str]) -> dict[str, object]:
    """Measure one server from start to stop."""
    uit: dict[str, object] = {"server": server}
    with draait(server, omgeving_) as (poort, proces):
        for pad in PADEN:
            uit[pad] = asyncio.run(meet(poort, pad))
        uit["met_trage_klanten"] = asyncio.run(meet(poort, "/health/ready", trage=TRAGE))
        uit["geheugen_mb"] = _geheugen_mb(proces.pid)
        begin = time.monotonic()
        proces.send_signal(signal.SIGTERM)
        proces.wait()
        uit["stop_s"] = round(time.monotonic() - begin, 2)
    return uit


def main() -> None:
    with tijdelijke_databank() as url:
        omgeving_ = omgeving(url)
        beheer = [sys.executable, "manage.py", "maak_demo", "--bestanden"]
        subprocess.run(beheer, cwd=BASIS, env=omgeving_, check=True)
        for server in ("granian", "gunicorn") * 2:
            sys.stdout.write(json.dumps(een_ronde(server, omgeving_)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
