"""De uitleg klopt: de voorbeelden draaien tegen een echte server, en elke code staat erin."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.fouten import TITELS
from tests.api.conftest import Vrager, maak_noor

DOC = (Path(__file__).parents[2] / "docs" / "api.md").read_text()


def voorbeeld(taal: str) -> str:
    [code] = re.findall(rf"```{taal}\n(.*?)```", DOC, re.DOTALL)
    return str(code)


@pytest.fixture
def omgeving(live_server: Any, brieven: Any, geef: Callable[..., str]) -> dict[str, str]:
    """A running portal with Noor in it, and a token to ask with."""
    maak_noor(brieven)
    return {**os.environ, "PORTAAL": live_server.url, "TOKEN": geef()}


@pytest.mark.lang
def test_het_voorbeeld_in_python_vindt_noor(omgeving: dict[str, str]) -> None:
    uit = subprocess.run(
        [sys.executable, "-c", voorbeeld("python")],
        env=omgeving, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert uit.stdout.split() == ["Noor", "304"]


@pytest.mark.lang
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl staat niet op deze machine")
def test_het_voorbeeld_met_curl_vindt_noor(omgeving: dict[str, str]) -> None:
    uit = subprocess.run(
        ["/bin/sh", "-c", voorbeeld("sh")],
        env=omgeving, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert '"Noor"' in uit.stdout


def test_elke_foutcode_staat_in_de_uitleg_en_andersom() -> None:
    regels = re.findall(r"^\| (\d{3}) \| `([a-z_-]+)` \| (.+) \|$", DOC, re.MULTILINE)
    assert {code: (int(status), titel) for status, code, titel in regels} == TITELS


@pytest.mark.lang
def test_de_bladzijde_noemt_elke_operatie_zonder_iets_van_elders(client: Vrager, db: None) -> None:
    bladzijde = client.get("/api/v1/docs")
    tekst = bladzijde.content.decode()
    assert bladzijde.status_code == 200
    assert "/klanten/api/v1/klanten/{uuid}" in tekst
    assert 'id="fout-doel-ontbreekt"' in tekst
    assert '<script src="http' not in tekst


@pytest.mark.parametrize("api", [eigen, standaard, notificaties], ids=lambda api: api.basis)
def test_een_uitleg_is_voor_wie_koppelt(api: Any) -> None:
    """Without the codes of our own rules, and without what a docstring says to us."""
    teksten = [
        operatie["description"]
        for methoden in api.get_openapi_schema()["paths"].values()
        for operatie in methoden.values()
    ]
    assert [t for t in teksten if re.match(r"[A-Z]+-?\d", t) or "aises" in t] == []


def test_een_vraag_met_stuurtekens_is_ook_hier_een_nette_fout(client: Vrager, db: None) -> None:
    antwoord = client.get("/api/v1/klanten?cursor=%00")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (400, "application/problem+json")
