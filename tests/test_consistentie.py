"""The tree keeps to its own measures: sizes, names, links, and nothing of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BASIS = Path(__file__).resolve().parent.parent
VERBODEN = {"utils", "helpers", "common", "core", "base", "manager", "managers", "services", "misc"}
GROOTTE = {".py": 400, ".html": 120}
LEESBAAR = 300
"""Over so many lines a module of the product is split by noun; only the settings are one list."""
FUNCTIE = 50
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def bestanden(*soorten: str) -> list[Path]:
    """Every file of git with one of these extensions, migrations left out."""
    uit = subprocess.run(["git", "ls-files", "-z"], cwd=BASIS, capture_output=True, check=True)  # noqa: S607 - git is how the tree came here
    paden = [BASIS / naam for naam in uit.stdout.decode().split("\0") if naam]
    return [p for p in paden if p.suffix in soorten and "migrations" not in p.parts and p.exists()]


def functies() -> Iterator[tuple[str, int]]:
    for pad in bestanden(".py"):
        for knoop in ast.walk(ast.parse(pad.read_text())):
            if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef):
                lengte = (knoop.end_lineno or knoop.lineno) - knoop.lineno + 1
                yield f"{pad.relative_to(BASIS)}:{knoop.name}", lengte


@pytest.mark.parametrize("soort", GROOTTE)
def test_geen_bestand_is_te_lang(soort: str) -> None:
    lengtes = {str(p.relative_to(BASIS)): p.read_text().count("\n") for p in bestanden(soort)}

    assert len(lengtes) > 20
    assert {naam: n for naam, n in lengtes.items() if n > GROOTTE[soort]} == {}


def test_een_module_wordt_op_tijd_gesplitst() -> None:
    eigen = [p for p in bestanden(".py") if p.relative_to(BASIS).parts[0] in {"portal", "accounts"}]
    lang = {str(p.relative_to(BASIS)) for p in eigen if p.read_text().count("\n") > LEESBAAR}

    assert len(eigen) > 300
    assert lang <= {"portal/settings.py"}


def test_geen_functie_is_te_lang() -> None:
    assert [f"{naam}: {n}" for naam, n in functies() if n > FUNCTIE] == []


def test_elke_module_heet_naar_wat_zij_is() -> None:
    eigen = [
        p for p in bestanden(".py") if p != BASIS / "portal/databank/base.py"
    ]  # Django: ENGINE
    namen = {p.stem for p in eigen} | {p.parent.name for p in bestanden(".py")}

    assert namen & VERBODEN == set()


@pytest.mark.parametrize(
    ("pad", "hooguit"),
    [("README.md", 120), *((f"docs/besluiten/{p.name}", 40)
                           for p in sorted((BASIS / "docs/besluiten").glob("*.md")))],
)  # fmt: skip
def test_een_document_is_kort(pad: str, hooguit: int) -> None:
    assert len((BASIS / pad).read_text().splitlines()) <= hooguit


@pytest.mark.parametrize("pad", bestanden(".md"), ids=lambda p: str(p.relative_to(BASIS)))
def test_elke_verwijzing_leidt_ergens_heen(pad: Path) -> None:
    doelen = LINK.findall(pad.read_text())

    assert [doel for doel in doelen if not (pad.parent / doel).exists()] == []


def test_besluiten_hebben_elk_hun_eigen_nummer() -> None:
    nummers = [p.name[:4] for p in (BASIS / "docs/besluiten").glob("*.md")]

    assert all(nummer.isdigit() for nummer in nummers)
    assert len(nummers) == len(set(nummers))


def test_niets_is_blijven_liggen() -> None:
    liggen = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")

    paden = bestanden(".py", ".html", ".mjs", ".sh", ".md", ".toml")
    assert [str(p) for p in paden if liggen.search(p.read_text())] == []
