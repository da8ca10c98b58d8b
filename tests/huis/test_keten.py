"""What we build on is pinned, has a licence that fits, and stands in a bill of materials."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import django_htmx
import pytest
import yaml

from gereedschap.licenties import (
    DOEL,
    als_markdown,
    pakketten,
    past,
    van_lijst,
    van_python,
    van_vormgeving,
)
from gereedschap.sbom import stuklijst
from tests.huis.conftest import BASIS

LIJSTEN = sorted((BASIS / "requirements").glob("*.txt"))
NPM = json.loads((BASIS / "assets/package-lock.json").read_text())["packages"]
ZONDER_SOM = ["pkg:npm/htmx.org@2.0.10", "pkg:npm/%40tabler/icons@3.51.0"]
"""They come along in a package, or in a file of our own, that has one."""
ADRES = re.compile(r"--(extra-)?index-url|--find-links|https?://(?!localhost)|file://")


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


def test_elk_onderdeel_dat_meegaat_heeft_een_licentie_die_past() -> None:
    delen = [*van_lijst("basis"), *van_lijst("demo"), *van_vormgeving()]

    assert len(delen) > 150
    assert {deel.naam: deel.licentie for deel in delen if not past(deel.licentie)} == {}


def test_een_pakket_dat_niemand_kent_heeft_geen_licentie_die_past() -> None:
    assert not past(van_python("een-pakket-dat-niet-bestaat"))


def test_elk_pakket_van_de_vormgeving_heeft_een_licentie_die_past() -> None:
    licenties = {naam: pakket.get("license", "niets") for naam, pakket in NPM.items() if naam}

    assert {naam: wat for naam, wat in licenties.items() if not past(wat)} == {}


def test_de_lijst_van_licenties_is_wat_er_nu_meegaat() -> None:
    assert DOEL.read_text() == als_markdown(), "draai 'make licenties'"


def test_de_licenties_naast_de_bundel_noemen_wat_erin_zit() -> None:
    rijen = re.findall(
        r"^\| (\S.*?) \| (\d\S*) \| (\S+) \|$",
        (BASIS / "assets/src/LICENSES.md").read_text(),
        re.MULTILINE,
    )
    anders = {
        "Noto Sans (via @fontsource-variable/noto-sans)": "@fontsource-variable/noto-sans",
        "Tabler Icons": "@tabler/icons",
    }
    bundel = {(d.naam, d.versie, d.licentie) for d in van_vormgeving() if d.naam != "htmx.org"}

    assert {(anders.get(naam, naam), *rest) for naam, *rest in rijen} == bundel


def test_de_genoemde_htmx_is_die_van_django_htmx() -> None:
    (htmx,) = (d.versie for d in van_vormgeving() if d.naam == "htmx.org")
    bron = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"

    assert f'version:"{htmx}"' in bron.read_text()


@pytest.mark.lang
def test_de_stuklijst_noemt_elk_onderdeel_dat_in_productie_draait_met_zijn_licentie() -> None:
    lijst = stuklijst()  # raises when it does not fit the schema of CycloneDX
    delen = [*van_lijst("basis"), *van_vormgeving()]

    assert {c["purl"] for c in lijst["components"]} == {deel.purl for deel in delen}
    assert all(c["licenses"] for c in lijst["components"])
    assert [c["purl"] for c in lijst["components"] if not _sommen(c)] == ZONDER_SOM


def _sommen(deel: dict[str, Any]) -> list[dict[str, str]]:
    """Hashes: npm's on the component, those of Python on each of its files."""
    bestanden = deel.get("externalReferences", [])
    return [*deel.get("hashes", []), *(s for b in bestanden for s in b.get("hashes", []))]


def test_publiccode_zegt_van_deze_uitgave_wat_een_catalogus_vraagt() -> None:
    """The mandatory keys of the standard (publiccode.yml 0.4, schema core)."""
    code = yaml.safe_load((BASIS / "publiccode.yml").read_text())
    project = tomllib.loads((BASIS / "pyproject.toml").read_text())["project"]

    assert code["softwareVersion"] == project["version"]
    assert code["legal"]["license"] == project["license"]
    assert re.fullmatch(r"https://[a-z0-9./-]+\.git", code["url"])
    assert code["maintenance"]["contacts"]
    assert set(code) >= {"name", "platforms", "developmentStatus", "softwareType", "localisation"}
    for taal in code["localisation"]["availableLanguages"]:
        tekst = code["description"][taal]
        assert len(tekst["shortDescription"]) <= 150
        assert 150 <= len(tekst["longDescription"]) <= 10_000
        assert tekst["features"]
