"""docs/alarmen.md kent elke logregel, elk cijfer en elke opdracht; ook niets wat er niet is."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.core.management import get_commands, load_command_class
from prometheus_client.registry import REGISTRY

from portal.webhooks.models import Teller
from portal.webhooks.taken import GELUKT
from tests.huis.conftest import BASIS

TEKST = (BASIS / "docs/alarmen.md").read_text()
METHODEN = {"debug", "info", "warning", "error", "exception", "log"}
DOORGEEF = {"_meld", "_gelogd"}  # they log what they get
DEEL = re.compile(r"…|%[sd]")


def _teksten(roep: ast.Call) -> Iterator[str]:
    """The fixed text of one call of a logger; of a choice, both."""
    naam = roep.func.attr if isinstance(roep.func, ast.Attribute) else getattr(roep.func, "id", "")
    wie = getattr(getattr(roep.func, "value", None), "id", "")
    if not (naam in METHODEN and wie in {"log", "logger"}) and naam not in DOORGEEF:
        return
    for argument in roep.args[:2]:
        keuze = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        for deel in keuze:
            if isinstance(deel, ast.Constant) and isinstance(deel.value, str):
                yield deel.value


def logregels() -> set[str]:
    """Every fixed text that `portal` and `accounts` log, with a star for what changes."""
    bronnen = [pad for map_ in ("portal", "accounts") for pad in (BASIS / map_).rglob("*.py")]
    knopen = [
        knoop
        for pad in bronnen
        if not {"demo", "nagebootst"} & set(pad.parts)
        for knoop in ast.walk(ast.parse(pad.read_text()))
        if isinstance(knoop, ast.Call)
    ]
    gelogd = {DEEL.sub("*", tekst) for knoop in knopen for tekst in _teksten(knoop)}
    return {re.sub(r"^(alarm abonnement=\*).*", r"\1", tekst) for tekst in gelogd}


def _tabel(kop: str) -> set[str]:
    """What stands between back quotes in the first column of the table under this heading."""
    deel = TEKST.split(f"## {kop}")[1].split("\n## ")[0]
    rijen = [regel.split("|")[1] for regel in deel.splitlines() if regel.startswith("| ")][2:]
    return {naam for rij in rijen for naam in re.findall(r"`([^`]+)`", rij)}


@pytest.mark.lang
def test_elke_logregel_staat_in_de_tabel_en_geen_andere() -> None:
    genoemd = {DEEL.sub("*", naam) for naam in _tabel("3. Wat een logregel zegt")}
    gekozen = {"inloggen.geannuleerd", "inloggen.geweigerd"}  # chosen before it is logged

    assert genoemd == logregels() | gekozen


@pytest.mark.django_db
def test_elk_cijfer_in_de_tabel_wordt_gemeten() -> None:
    for naam in (GELUKT, "veeg"):
        Teller.objects.create(naam=naam, waarde=1)
    gemeten = {meting.name for meting in REGISTRY.collect()}
    genoemd = {naam.removesuffix("_total") for naam in _tabel("2. Cijfers en hun alarm")}

    assert genoemd <= gemeten
    assert {n for n in gemeten if n.startswith(("berichten_", "buur_", "taak_"))} <= genoemd


def test_elke_opdracht_bestaat() -> None:
    opdrachten = set(re.findall(r"beheer\s([a-z_]+)\s([a-z-]+)", TEKST))

    assert len(opdrachten) > 10
    for opdracht, wat in opdrachten:
        beheer = load_command_class(str(get_commands()[opdracht]), opdracht)
        assert wat in beheer.create_parser("manage.py", opdracht).format_help(), (opdracht, wat)
