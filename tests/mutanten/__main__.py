"""Plant each fault of `tests/mutanten/*.toml` in a copy of the tree, run its test, expect red.

    python -m tests.mutanten [LIST ...]      e.g. klanten accounts; without a name: all lists

A list is a TOML file of `[[mutant]]` with `naam`, `bestand`, `oud` (occurs once), `nieuw`, `test`,
and `ziet` (optional): what the failure must say, for a test that can fail in more than one way.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

from tests import databank
from tests.databank import SJABLONEN

BASIS = Path(__file__).resolve().parent.parent.parent
LIJSTEN = Path(__file__).resolve().parent


class Mutant(NamedTuple):
    naam: str
    bestand: str
    oud: str
    nieuw: str
    test: str
    ziet: str = ""


class Misplaatst(Exception):
    """The text to replace is not there exactly once: the list is older than the code."""


def mutanten(namen: list[str]) -> list[Mutant]:
    """Read the named lists, or all."""
    bestanden = sorted(LIJSTEN.glob("*.toml"))
    gekozen = [bestand for bestand in bestanden if not namen or bestand.stem in namen]
    return [
        Mutant(**deel)
        for bestand in gekozen
        for deel in tomllib.loads(bestand.read_text(encoding="utf-8"))["mutant"]
    ]


def eis_te_planten(mutant: Mutant) -> None:
    """Raise Misplaatst before anything runs."""
    aantal = (BASIS / mutant.bestand).read_text(encoding="utf-8").count(mutant.oud)
    if aantal != 1:
        raise Misplaatst(f"{mutant.naam}: {aantal} keer in {mutant.bestand}")


def plant(mutant: Mutant, boom: Path) -> str:
    """Write the fault into the copy; return the text that was there."""
    bestand = boom / mutant.bestand
    tekst = bestand.read_text(encoding="utf-8")
    bestand.write_text(tekst.replace(mutant.oud, mutant.nieuw), encoding="utf-8")
    return tekst


def is_rood(mutant: Mutant, boom: Path) -> bool:
    """Run the named test on the planted tree; a test that cannot even be found is an error."""
    return bool(waarom_rood(mutant, boom))


def waarom_rood(mutant: Mutant, boom: Path) -> str:
    """Return the line in which the named test says what it saw of the fault, "" when it did not."""
    opdracht = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.test]
    klaar = subprocess.run(opdracht, cwd=boom, capture_output=True, text=True, check=False)
    if klaar.returncode not in {0, 1}:
        raise RuntimeError(f"{mutant.naam}: pytest gaf {klaar.returncode}\n{klaar.stdout[-2000:]}")
    if klaar.returncode == 0:
        return ""
    regels = [regel for regel in klaar.stdout.splitlines() if regel.startswith("E  ")]
    gezien = [regel for regel in regels or ["rood"] if re.search(mutant.ziet, regel)]
    return gezien[0].strip()[:300] if gezien else ""


def kopie(naar: Path) -> Path:
    """Copy what is tracked or new, without ignored files."""
    opdracht = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    lijst = subprocess.run(opdracht, cwd=BASIS, capture_output=True, text=True, check=True)
    for pad in filter(None, lijst.stdout.split("\0")):
        if (BASIS / pad).is_file():
            (naar / pad).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASIS / pad, naar / pad)
    if SJABLONEN.exists():  # a fault test copies the migrated cluster instead of making one
        (naar / "var").mkdir()
        (naar / "var" / "sjabloon").symlink_to(SJABLONEN)
    return naar


def main(namen: list[str]) -> int:
    overleefd = []
    te_doen = mutanten(namen)
    for mutant in te_doen:
        eis_te_planten(mutant)
    databank.pytest_load_initial_conftests()
    try:
        with tempfile.TemporaryDirectory(prefix="mutanten-") as map_:
            boom = kopie(Path(map_))
            for mutant in te_doen:
                tekst = plant(mutant, boom)
                rood = waarom_rood(mutant, boom)
                (boom / mutant.bestand).write_text(tekst, encoding="utf-8")
                overleefd += [] if rood else [mutant.naam]
                sys.stdout.write(f"{'rood ' if rood else 'GROEN'} {mutant.naam}: {rood}\n")
                sys.stdout.flush()
    finally:
        databank.pytest_unconfigure()
    sys.stdout.write(f"{len(te_doen) - len(overleefd)} van {len(te_doen)} gevonden\n")
    return 1 if overleefd else 0


if __name__ == "__main__":
    os.chdir(BASIS)
    sys.exit(main(sys.argv[1:]))
