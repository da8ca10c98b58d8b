"""The web process of the image refuses to start with what would make logging in unsafe."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gereedschap.als_productie import omgeving
from portal.ingebed.server import vrije_poort
from tests.huis.conftest import BASIS

pytestmark = pytest.mark.lang
GRANIAN = dict(re.findall(r"(GRANIAN_\w+)=(\S+)", (BASIS / "Dockerfile").read_text())) | {
    "GRANIAN_WORKERS": "1",
    "GRANIAN_RESPAWN_FAILED_WORKERS": "false",  # else it ends only after the second failure
}
"""How the image starts it, but one process and one try."""


@contextmanager
def web(map_: Path, poort: int, **anders: str) -> Iterator[subprocess.Popen[str]]:
    """The command of the image on this machine, with the settings of `.env.example`."""
    omgeving_ = omgeving(map_) | GRANIAN | {"GRANIAN_PORT": str(poort)} | anders
    proces = subprocess.Popen(
        [sys.executable, "-m", "granian", "portal.wsgi:application"],
        cwd=BASIS, env=omgeving_, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield proces
    finally:
        proces.terminate()
        proces.communicate()


def antwoordt(poort: int) -> bool:
    """Whether it says that it is alive."""
    try:
        return httpx.get(f"http://127.0.0.1:{poort}/health/live", timeout=5).is_success
    except httpx.HTTPError:
        return False


@pytest.mark.usefixtures("socket_enabled")
def test_met_de_instellingen_van_het_voorbeeld_gaat_het_portaal_open(tmp_path: Path) -> None:
    poort = vrije_poort()

    with web(tmp_path, poort) as proces:
        einde = time.monotonic() + 60
        while not (leeft := antwoordt(poort)) and time.monotonic() < einde:
            assert proces.poll() is None, proces.communicate()[0]
            time.sleep(0.1)

    assert leeft


def test_met_een_onveilige_instelling_eindigt_het_web_met_een_zin(tmp_path: Path) -> None:
    with web(tmp_path, vrije_poort(), NAGEBOOTST="1") as proces:
        uit, _ = proces.communicate(timeout=60)

    assert proces.returncode == 1
    assert "Het portaal start niet:\n?: (accounts.E001) NAGEBOOTST staat aan" in uit
    assert "Traceback" not in uit


@pytest.mark.parametrize(
    ("naam", "waarde", "zin"),
    [
        ("INLOGMIDDELEN", "/bestaat/niet.toml", "accounts.E000"),
        ("INLOGMIDDELEN", str(BASIS / "README.md"), "accounts.E000"),
        ("PORTAAL_GEGEVENSSLEUTELS", "g1:kort", "accounts.E005"),
        ("SMS_WEG", "notfynl", "berichten.E001"),
        ("WEBHOOKS_TOEGESTANE_NETTEN", "0.0.0.0/0", "webhooks.E004"),
    ],
)
def test_wat_niet_te_lezen_is_geeft_ook_een_zin(
    tmp_path: Path, naam: str, waarde: str, zin: str
) -> None:
    uit = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        cwd=BASIS, env=omgeving(tmp_path) | {naam: waarde}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert (uit.returncode, zin in uit.stderr, "Traceback" in uit.stderr) == (1, True, False)
