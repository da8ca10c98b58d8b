"""What we build on is pinned, has a licence that fits, and stands in a bill of materials."""

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

BASIS = Path(__file__).resolve().parents[2]
LIJSTEN = sorted((BASIS / "requirements").glob("*.txt"))
LICENTIES = tomllib.loads((BASIS / "gereedschap/licenties.toml").read_text())
NPM = json.loads((BASIS / "assets/package-lock.json").read_text())["packages"]
VAST = re.compile(r"^([a-z0-9.-]+)==(\S+)")
ADRES = re.compile(r"--(extra-)?index-url|--find-links|https?://(?!localhost)|file://")


def pakketten(lijst: Path) -> dict[str, str]:
    regels = (VAST.match(regel) for regel in lijst.read_text().splitlines())
    return {gevonden[1]: gevonden[2] for gevonden in regels if gevonden}


def _licentie(naam: str) -> str:
    """What an installed package says: the new field, else its classifiers, else the old field."""
    info = importlib.metadata.metadata(naam)
    oud = [k.split(" :: ")[-1] for k in info.get_all("Classifier") or [] if k[:7] == "License"]
    tekst = info.get("License-Expression") or "; ".join(oud) or info.get("License") or "niets"
    return LICENTIES["zelfde"].get(tekst, tekst)


def past(uitdrukking: str) -> bool:
    """Does a licence expression fit: one of an OR, each of an AND."""
    keuzes = [[deel.strip("() ") for deel in k.split(" AND ")] for k in uitdrukking.split(" OR ")]
    return any(all(deel in LICENTIES["goed"] for deel in keuze) for keuze in keuzes)


@pytest.mark.parametrize("lijst", LIJSTEN, ids=lambda p: p.stem)
def test_elk_pakket_heeft_een_versie_en_een_som(lijst: Path) -> None:
    stukken = re.split(r"\n(?=\S)", lijst.read_text().strip())

    assert {stuk.split("==")[0] for stuk in stukken} == set(pakketten(lijst))
    assert all("--hash=sha256:" in stuk for stuk in stukken)


def test_geen_bestand_noemt_een_adres_van_een_register() -> None:
    bestanden = [*LIJSTEN, *(BASIS / "requirements").glob("*.in"), BASIS / "Makefile"]
    bestanden += [*(BASIS / "gereedschap").glob("*.sh"), BASIS / "Dockerfile"]

    assert [b.name for b in bestanden if ADRES.search(b.read_text())] == []
    assert not any("resolved" in pakket for pakket in NPM.values())
    assert all("integrity" in pakket for naam, pakket in NPM.items() if naam)


@pytest.mark.parametrize("uitdrukking", ["MIT", "Apache-2.0 OR GPL-3.0-only", "Apache-2.0 AND MIT"])
def test_wat_samengaat_past(uitdrukking: str) -> None:
    assert past(uitdrukking)


@pytest.mark.parametrize("uitdrukking", ["GPL-3.0-only", "MIT AND SSPL-1.0", "niets", ""])
def test_wat_niet_samengaat_past_niet(uitdrukking: str) -> None:
    assert not past(uitdrukking)


def test_elk_pakket_dat_draait_heeft_een_licentie_die_past() -> None:
    """Packages for another system than this one cannot be read here, and are not run here."""
    hier = {
        d.metadata["Name"].lower().replace("_", "-") for d in importlib.metadata.distributions()
    }
    namen = [naam for naam in pakketten(BASIS / "requirements/demo.txt") if naam in hier]

    assert len(namen) > 40
    assert {n: _licentie(n) for n in namen if not past(_licentie(n))} == {}


def test_elk_pakket_van_de_vormgeving_heeft_een_licentie_die_past() -> None:
    licenties = {naam: pakket.get("license", "niets") for naam, pakket in NPM.items() if naam}

    assert {naam: wat for naam, wat in licenties.items() if not past(wat)} == {}


@pytest.mark.lang
def test_de_stuklijst_noemt_elk_pakket_dat_in_productie_draait(tmp_path: Path) -> None:
    lijst = BASIS / "requirements/basis.txt"
    uit = tmp_path / "sbom.json"
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", str(lijst), "-o", str(uit),
         "--output-reproducible"], check=True, capture_output=True,
    )  # fmt: skip

    stuklijst = json.loads(uit.read_text())
    assert stuklijst["bomFormat"] == "CycloneDX"
    assert {c["name"]: c["version"] for c in stuklijst["components"]} == pakketten(lijst)
