"""docs/beloften.md promises nothing without a command that exists."""

import re

import pytest

from tests.huis.conftest import BASIS
from tests.mutanten.__main__ import mutanten


def tabel(tekst: str) -> list[list[str]]:
    """The cells of each row under the heading of a table."""
    regels = [regel for regel in tekst.splitlines() if regel.startswith("| ")]
    return [[deel.strip() for deel in regel.strip("|").split("|")] for regel in regels[2:]]


EERSTE, _, TWEEDE = (BASIS / "docs/beloften.md").read_text().partition("\n## Welke fout")
BELOFTEN, ROOD = tabel(EERSTE), tabel(TWEEDE)
FOUTEN = {mutant.naam: mutant for mutant in mutanten([])}
DOELEN = set(re.findall(r"^([a-z-]+):", (BASIS / "Makefile").read_text(), re.MULTILINE))
CODE = re.compile(r"`(pytest|make|python -m) ([^`]*)`")


def test_elke_belofte_van_een_tot_elf_staat_er() -> None:
    assert {naam for naam, *_ in BELOFTEN} >= {f"P{nummer}" for nummer in range(1, 12)}


@pytest.mark.parametrize("belofte", BELOFTEN, ids=lambda b: f"{b[0]} {b[1][:30]}")
def test_elke_belofte_heeft_een_opdracht_die_bestaat_en_een_uitkomst(belofte: list[str]) -> None:
    _, _, opdracht, uitkomst = belofte
    opdrachten = CODE.findall(opdracht)

    assert opdrachten
    for soort, rest in opdrachten:
        woorden = re.sub(r'-k ("[^"]*"|\S+)', "", rest).split()
        paden = [w for w in woorden if w.startswith("tests/")]
        eerste = {
            "pytest": paden[:1] == woorden[:1],
            "make": woorden[0] in DOELEN,
            "python -m": (BASIS / f"{woorden[0].replace('.', '/')}.py").exists(),
        }
        assert eerste[soort], (soort, rest)
        assert [pad for pad in paden if not (BASIS / pad).exists()] == []
    assert re.search(r"\d", re.sub(r"`[^`]*`", "", uitkomst)), "een uitkomst is een getal"
    assert not re.search(r"nog niet|zie `make", uitkomst)


@pytest.mark.parametrize(("welke", "fouten"), ROOD)
def test_een_geplante_fout_bestaat_en_haar_toets_hoort_bij_de_opdracht(
    welke: str, fouten: str
) -> None:
    (opdracht,) = [b[2] for b in BELOFTEN if b[0] == welke or b[1].startswith(welke)]
    paden = re.findall(r"tests/[\w/.]+", opdracht)
    toetsen = [FOUTEN[naam].test for naam in re.findall("`([^`]+)`", fouten)]

    assert toetsen
    assert [toets for toets in toetsen if not toets.startswith(tuple(paden))] == []


def test_elke_genummerde_belofte_heeft_een_geplante_fout_of_een_reden() -> None:
    genoemd = {welke for welke, _ in ROOD} | set(re.findall(r"\bP[0-9]+\b", TWEEDE))

    assert genoemd >= {p for naam, *_ in BELOFTEN for p in re.findall(r"P[0-9]+", naam)}
