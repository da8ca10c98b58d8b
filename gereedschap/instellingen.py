"""Make docs/instellingen.md and .env.example from settings.py and instellingen.toml.

`make instellingen` writes them; a test compares. Defaults are those of production.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
SOORTEN = {
    "env": "tekst", "env_bool": "0 of 1", "env_geheim": "geheim", "env_getal": "getal",
    "env_lijst": "lijst",
}  # fmt: skip
SCHAKELAARS = {"DEMO", "TESTEN", "NAGEBOOTST"}
VERPLICHT = "**verplicht**"
KOP = """\
# Instellingen

Alle instellingen zijn omgevingsvariabelen. Gemaakt door `make instellingen`; verander niets met de
hand. Een geheim mag ook in een bestand staan: zet dan `NAAM_FILE` op het pad. Per buur (`BRP`,
`KVK`, `PDOK`, `ZAKEN`, `CONTACTMOMENTEN`, `VERZOEKEN`, `NOTIFICATIES`, `OPENKLANT`, `TERUGMELDING`)
zijn er `_URL`, `_CLIENT_ID`, `_GEHEIM`, `_KOPPEN`, `_CERTIFICAAT` en `_ONTVANGST`: zie
[buren.md](buren.md). Zonder `_URL` staat die buur uit.

| naam | betekenis | soort | standaard |
| --- | --- | --- | --- |"""


@dataclass(frozen=True)
class Instelling:
    """One environment variable, as settings.py reads it."""

    naam: str
    soort: str
    standaard: str


def _standaard(knoop: ast.expr | None, soort: str) -> str:
    """The value when it is not set and no switch is on."""
    while isinstance(knoop, ast.IfExp):
        knoop = knoop.orelse
    if isinstance(knoop, ast.Name) and knoop.id in SCHAKELAARS:
        return "0"
    if knoop is None:
        return {"0 of 1": "0", "lijst": "leeg"}.get(soort, VERPLICHT)
    if isinstance(knoop, ast.Constant):
        waarde = knoop.value
        if waarde is None:
            return VERPLICHT
        return str(int(waarde)) if isinstance(waarde, bool) else str(waarde) or "leeg"
    if isinstance(knoop, ast.Name) and knoop.id == "_proef":
        return VERPLICHT
    return "volgt uit andere"


def _grenzen(aanroep: ast.Call) -> str:
    """What `env_getal` takes, as far as settings.py says so: the rest is 1 or more."""
    grens = {k.arg: ast.literal_eval(k.value) for k in aanroep.keywords}
    tot = f"tot en met {grens['maximaal']}" if "maximaal" in grens else "of meer"
    return f"{grens.get('minimaal', 1)} {tot}"


def gelezen(bron: str) -> Iterator[Instelling]:
    """Every variable that `bron` asks of the environment, in order, once."""
    gezien: set[str] = set()
    aanroepen = [k for k in ast.walk(ast.parse(bron)) if isinstance(k, ast.Call)]
    for aanroep in sorted(aanroepen, key=lambda k: (k.lineno, k.col_offset)):
        if not isinstance(aanroep.func, ast.Name) or aanroep.func.id not in SOORTEN:
            continue
        naam = aanroep.args[0]
        if not isinstance(naam, ast.Constant) or naam.value in gezien:
            continue
        gezien.add(naam.value)
        soort = SOORTEN[aanroep.func.id]
        standaard = _standaard(aanroep.args[1] if len(aanroep.args) > 1 else None, soort)
        if soort == "getal":
            soort = f"getal, {_grenzen(aanroep)}"
        yield Instelling(naam.value, soort, standaard)


def uitleg() -> dict[str, dict[str, str]]:
    return tomllib.loads((BASIS / "gereedschap/instellingen.toml").read_text())


def als_markdown(instellingen: list[Instelling]) -> str:
    """The reference: a row a variable."""
    regels = [KOP]
    teksten = uitleg()
    for i in instellingen:
        standaard = i.standaard if i.standaard == VERPLICHT else f"`{i.standaard}`"
        regels.append(f"| `{i.naam}` | {teksten[i.naam]['betekenis']} | {i.soort} | {standaard} |")
    return "\n".join(regels) + "\n"


def als_voorbeeld(instellingen: list[Instelling]) -> str:
    """An environment for production: what is needed filled in, the rest as a comment."""
    regels = [
        "# Voorbeeld voor productie, gemaakt door `make instellingen`. Django start er echt mee.",
        "# Lege geheimen vult u zelf in, of u zet NAAM_FILE op een pad.",
        "",
    ]
    teksten = uitleg()
    for i in instellingen:
        if i.naam in SCHAKELAARS:
            continue
        voorbeeld = teksten[i.naam].get("voorbeeld")
        regels.append(f"# {teksten[i.naam]['betekenis']}")
        waarde = "" if i.standaard in {VERPLICHT, "leeg", "volgt uit andere"} else i.standaard
        regels.append(f"{i.naam}={voorbeeld}" if voorbeeld is not None else f"#{i.naam}={waarde}")
    return "\n".join(regels) + "\n"


def bestanden() -> dict[Path, str]:
    """What each generated file should hold; raises KeyError for a variable without a meaning."""
    instellingen = list(gelezen((BASIS / "portal/settings.py").read_text()))
    return {
        BASIS / "docs/instellingen.md": als_markdown(instellingen),
        BASIS / ".env.example": als_voorbeeld(instellingen),
    }


if __name__ == "__main__":
    for pad, inhoud in bestanden().items():
        pad.write_text(inhoud)
        sys.stdout.write(f"{pad.relative_to(BASIS)}\n")
