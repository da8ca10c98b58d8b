"""docs/beloften.md promises nothing without a command that exists."""

import re

import pytest

from tests.huis.conftest import BASIS

REGELS = [r for r in (BASIS / "docs/beloften.md").read_text().splitlines() if r.startswith("| ")]
BELOFTEN = [[deel.strip() for deel in regel.strip("|").split("|")] for regel in REGELS[2:]]
DOELEN = set(re.findall(r"^([a-z-]+):", (BASIS / "Makefile").read_text(), re.MULTILINE))
CODE = re.compile(r"`(pytest|make) ([^`]*)`")


def test_elke_belofte_van_een_tot_elf_staat_er() -> None:
    assert {naam for naam, *_ in BELOFTEN} >= {f"P{nummer}" for nummer in range(1, 12)}


@pytest.mark.parametrize("belofte", BELOFTEN, ids=lambda b: f"{b[0]} {b[1][:30]}")
def test_elke_belofte_heeft_een_opdracht_die_bestaat_en_een_uitkomst(belofte: list[str]) -> None:
    _, _, opdracht, uitkomst = belofte
    opdrachten = CODE.findall(opdracht)

    assert opdrachten
    for soort, rest in opdrachten:
        woorden = re.sub(r'-k ("[^"]*"|\S+)', "", rest).split()
        bekend = [(BASIS / w).exists() if soort == "pytest" else w in DOELEN for w in woorden[:1]]
        bekend += [(BASIS / w).exists() for w in woorden[1:] if w.startswith("tests/")]
        assert all(bekend), (soort, rest)
    assert uitkomst
    assert "nog niet" not in uitkomst
