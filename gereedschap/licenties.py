"""What we deliver, each part with version and licence: docs/licenties.md.

`make licenties` writes it; a test compares. Without a known licence a part says "niets", and that
fits nowhere.
"""

import base64
import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
OORDEEL = tomllib.loads((BASIS / "gereedschap/licenties.toml").read_text())
GOED = {naam for soort in OORDEEL["goed"] for naam in soort["licenties"]}
DOEL = BASIS / "docs/licenties.md"
VAST = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)
NIETS = "niets"
KOP = """\
# Licenties van wat meegaat

Eigen Regie zelf valt onder de [EUPL-1.2](../LICENSE). Hieronder elk onderdeel van een ander dat
meegaat. Gemaakt door `make licenties`; verander niets met de hand. Een onderdeel met een licentie
die hieronder niet staat, of zonder, houdt de bouw tegen (`tests/huis/test_keten.py`). Dezelfde
lijst voor een scanner: `make sbom` (CycloneDX). Wat alleen bouwt of toetst gaat nergens mee en
staat hier niet.
"""


@dataclass(frozen=True)
class Onderdeel:
    """One part by others; `licentie` is an SPDX expression where its package gives one."""

    naam: str
    versie: str
    licentie: str
    purl: str
    sha512: str = ""


def pakketten(lijst: Path) -> dict[str, str]:
    """Name and version of each pinned package in a list of requirements."""
    return dict(VAST.findall(lijst.read_text()))


def van_python(naam: str) -> str:
    """The licence an installed package states: new field, else classifiers, else the old field.

    One that this machine does not need (another Python) is read in licenties.toml.
    """
    try:
        info = importlib.metadata.metadata(naam)
    except importlib.metadata.PackageNotFoundError:
        return str(OORDEEL["gelezen"].get(naam, NIETS))
    oud = [k.split(" :: ")[-1] for k in info.get_all("Classifier") or [] if k[:7] == "License"]
    tekst = info.get("License-Expression") or "; ".join(oud) or info.get("License") or NIETS
    return str(OORDEEL["zelfde"].get(tekst, tekst))


def past(uitdrukking: str) -> bool:
    """Does a licence expression fit: one of an OR, each of an AND."""
    keuzes = [[deel.strip("() ") for deel in k.split(" AND ")] for k in uitdrukking.split(" OR ")]
    return any(all(deel in GOED for deel in keuze) for keuze in keuzes)


def van_lijst(naam: str) -> list[Onderdeel]:
    """The packages of requirements/<naam>.txt."""
    lijst = pakketten(BASIS / f"requirements/{naam}.txt")
    return [Onderdeel(n, v, van_python(n), f"pkg:pypi/{n}@{v}") for n, v in lijst.items()]


def van_vormgeving() -> list[Onderdeel]:
    """What the browser gets: the npm packages in the bundle, and what has no line in a list."""
    vast = json.loads((BASIS / "assets/package-lock.json").read_text())["packages"]
    gevraagd = [n for n in vast[""]["dependencies"] if n not in OORDEEL["bouwt"]["npm"]]
    delen = [(naam, vast[f"node_modules/{naam}"]) for naam in gevraagd]
    return [
        *(
            Onderdeel(
                naam, p["version"], p.get("license", NIETS), _npm(naam, p["version"]),
                base64.b64decode(p["integrity"].removeprefix("sha512-")).hex(),
            )
            for naam, p in delen
        ),
        *(
            Onderdeel(naam, p["versie"], p["licentie"], _npm(naam, p["versie"]))
            for naam, p in OORDEEL["meegekomen"].items()
        ),
    ]  # fmt: skip


def _npm(naam: str, versie: str) -> str:
    return f"pkg:npm/{naam.replace('@', '%40')}@{versie}"


def _tabel(kop: str, delen: Iterable[Onderdeel]) -> str:
    regels = [f"| {d.naam} | {d.versie} | {d.licentie} |" for d in delen]
    return "\n".join(
        [f"\n## {kop}\n", "| onderdeel | versie | licentie |", "| --- | --- | --- |", *regels, ""]
    )


def als_markdown() -> str:
    """docs/licenties.md as it should be."""
    basis = van_lijst("basis")
    demo = [d for d in van_lijst("demo") if d not in basis]
    soorten = [
        f"| {s['soort']} | {', '.join(s['licenties'])} | {s['reden']} |" for s in OORDEEL["goed"]
    ]
    return KOP + "".join([
        "\n## Waarom het samengaat\n\n| soort | licenties | waarom |\n| --- | --- | --- |\n",
        "\n".join([*soorten, ""]),
        _tabel("De server", basis),
        _tabel("De browser", van_vormgeving()),
        _tabel("Alleen in de demo", demo),
    ])  # fmt: skip


if __name__ == "__main__":
    DOEL.write_text(als_markdown())
    sys.stdout.write(f"{DOEL.relative_to(BASIS)}\n")
