"""Elke eis in docs/uitgangspunten.md heeft een test of een reden, en elk kenmerk staat erin."""

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

DOC = Path("docs/uitgangspunten.md")
EIS = r"[A-Z]{3,4}-[0-9]+"


class Eis(NamedTuple):
    codes: list[str]
    waar: str
    nog_niet: bool


def eisen() -> dict[str, Eis]:
    rijen = re.findall(
        rf"^\| ({EIS}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", DOC.read_text(), re.MULTILINE
    )
    return {
        eis: Eis(codes.split(), waar.strip(), "nog niet: " in waar) for eis, codes, _, waar in rijen
    }


def codes() -> set[str]:
    return set(re.findall(r"^\| ([A-Z]+[0-9]*[a-z]?) \| [^|]+ \|$", DOC.read_text(), re.MULTILINE))


def gemerkt() -> dict[str, set[str]]:
    """Return per requirement the test files that mark it."""
    gevonden: dict[str, set[str]] = {}
    for bestand in Path("tests").rglob("*.py"):
        for merk in re.findall(r"mark\.uitgangspunt\(([^)]*)\)", bestand.read_text()):
            for eis in re.findall(r'"([^"]+)"', merk):
                gevonden.setdefault(eis, set()).add(str(bestand))
    return gevonden


def test_elk_kenmerk_in_een_test_is_een_eis() -> None:
    assert set(gemerkt()) - set(eisen()) == set()


def test_elke_eis_heeft_een_test_of_een_reden() -> None:
    zonder = {eis for eis, deel in eisen().items() if not deel.nog_niet}
    assert zonder - set(gemerkt()) == set()


def test_elke_code_wordt_een_eis_en_elke_eis_komt_uit_een_code() -> None:
    genoemd = {code for deel in eisen().values() for code in deel.codes}
    assert genoemd == codes()


def test_er_ontbreekt_geen_nummer() -> None:
    nummers: dict[str, list[int]] = {}
    for eis in eisen():
        soort, nummer = eis.split("-")
        nummers.setdefault(soort, []).append(int(nummer))
    assert all(reeks == list(range(1, len(reeks) + 1)) for reeks in nummers.values())
    assert len(eisen()) == 50


@pytest.mark.parametrize("eis", eisen())
def test_waar_een_eis_staat_bestaat_het_ook(eis: str) -> None:
    waar = eisen()[eis].waar
    naam = re.findall(r"`([^`]+)`", waar)[0]
    if waar.startswith("constraint"):
        migraties = Path("portal/klanten/migrations").glob("*.py")
        assert any(naam in migratie.read_text() for migratie in migraties)
    else:
        assert zoek(naam)


def zoek(naam: str) -> object:
    """Return the module, class or function of this dotted name."""
    delen = naam.split(".")
    for lengte in range(len(delen), 0, -1):
        try:
            gevonden: object = import_module(".".join(delen[:lengte]))
        except ModuleNotFoundError:
            continue
        for deel in delen[lengte:]:
            gevonden = getattr(gevonden, deel)
        return gevonden
    raise ModuleNotFoundError(naam)
