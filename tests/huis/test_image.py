"""No container engine runs here: we copy what the Dockerfile copies, and start that."""

import fnmatch
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

from portal.demo.omgeving import GEHEIMEN
from portal.ingebed.server import vrije_poort
from tests.huis.conftest import BASIS, wacht_tot

DIENSTEN = yaml.safe_load((BASIS / "docker-compose.yml").read_text())["services"]
MANAGE = ["python", "manage.py"]


def _doorgelaten(pad: str) -> bool:
    """Does `.dockerignore` send this file along? Of the lines that fit, the last one counts."""
    delen = pad.split("/")
    ouders = ["/".join(delen[:n]) for n in range(1, len(delen) + 1)]
    mee = True
    for regel in (BASIS / ".dockerignore").read_text().splitlines():
        patroon = regel.removeprefix("!")
        if regel and not regel.startswith("#") and any(fnmatch.fnmatch(o, patroon) for o in ouders):
            mee = regel.startswith("!")
    return mee


def _gekopieerd(doel: str) -> dict[str, str]:
    """Source and destination of each COPY from our own files, in this stage and those below it."""
    tekst = (BASIS / "Dockerfile").read_text()
    stadia = re.findall(r"^FROM (\S+) AS (\w+)\n(.*?)(?=^FROM|\Z)", tekst, re.MULTILINE | re.DOTALL)
    onder, inhoud = {naam: (op, stap) for op, naam, stap in stadia}[doel]
    eigen = re.findall(r"^COPY (?!--from)(?:--\S+ )*(\S+) (\S+)$", inhoud, re.MULTILINE)
    return (_gekopieerd(onder) if onder == "portaal" else {}) | dict(eigen)


def _bestanden() -> list[str]:
    """What git knows: a clean checkout, without anything that was made here."""
    lijst = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.check_output(lijst, cwd=BASIS, text=True).splitlines()


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the image `demo`, as `/app` would hold it."""
    map_ = tmp_path_factory.mktemp("image")
    for bron, naar in _gekopieerd("demo").items():
        for pad in _bestanden():
            if (pad == bron or pad.startswith(f"{bron}/")) and _doorgelaten(pad):
                plek = map_ / naar / pad.removeprefix(bron).lstrip("/")
                plek.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(BASIS / pad, plek)
    return map_


def _omgeving(dienst: str) -> dict[str, str]:
    """What compose sets for this service; each secret of `.env` is made anew."""
    gezet = {
        naam: GEHEIMEN.get(naam, lambda: "proef")() if "draai make env" in waarde else waarde
        for naam, waarde in DIENSTEN[dienst]["environment"].items()
    }
    middelen = {"INLOGMIDDELEN": str(BASIS / "deploy/keycloak/inlogmiddelen.toml")}
    geheimen = {"DATABASE_URL": "postgresql:///geen", "KEYCLOAK_CLIENT_GEHEIM": "proef" * 8}
    anders = {n: w for n, w in (middelen | geheimen).items() if n in gezet}
    return {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | gezet | anders


def test_wat_het_dockerfile_kopieert_gaat_ook_mee() -> None:
    for bron in _gekopieerd("demo"):
        onder = [p for p in _bestanden() if p == bron or p.startswith(f"{bron}/")]

        assert any(map(_doorgelaten, onder)), f".dockerignore houdt {bron} tegen"


def test_in_het_image_voor_productie_zitten_geen_tests_en_geen_documenten() -> None:
    assert not {"tests", "docs"} & {bron.split("/")[0] for bron in _gekopieerd("portaal")}


@pytest.mark.lang
def test_de_nagebootste_gemeente_start_uit_het_image(image: Path) -> None:
    poort = str(vrije_poort())
    opdracht = [sys.executable, *DIENSTEN["gemeente"]["command"][1:-1], poort]
    assert DIENSTEN["gemeente"]["command"][-2] == "--poort"

    def antwoordt() -> bool:
        assert gemeente.poll() is None, gemeente.stderr.read()
        try:
            with urlopen(f"http://127.0.0.1:{poort}/", timeout=3) as antwoord:
                return bool(antwoord.status == 200)
        except URLError:
            return False

    with subprocess.Popen(
        opdracht, cwd=image, env=_omgeving("gemeente"),
        stderr=subprocess.PIPE, text=True,
    ) as gemeente:  # fmt: skip
        try:
            wacht_tot(antwoordt, "de nagebootste gemeente antwoordt niet", seconden=30)
        finally:
            gemeente.send_signal(signal.SIGKILL)


@pytest.mark.lang
@pytest.mark.parametrize("dienst", ["portaal", "werker", "migratie"])
def test_elke_andere_opdracht_vindt_in_het_image_wat_zij_nodig_heeft(
    image: Path, dienst: str
) -> None:
    opdracht = DIENSTEN[dienst].get("command", ["granian", "portal.wsgi:application"])
    laadt = ["-c", "import portal.wsgi"]
    if opdracht[:2] == MANAGE:
        laadt = ["manage.py", *opdracht[2:], "--help"]
    else:
        assert f"CMD {json.dumps(opdracht)}" in (BASIS / "Dockerfile").read_text()

    uit = subprocess.run(
        [sys.executable, *laadt], cwd=image, env=_omgeving(dienst), capture_output=True,
        text=True, check=False,
    )  # fmt: skip

    assert uit.returncode == 0, uit.stderr
