"""Rules about our own code that no public tool has; each is shown to find a planted fault.

Rules about where a value flows to are semgrep's: gereedschap/semgrep.yaml (docs/besluiten, 0006).
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BASIS = Path(__file__).resolve().parents[2]
CLIENTS = {"requests", "httpx", "aiohttp", "urllib"}
ROEPT = {"get", "post", "put", "patch", "delete", "head", "request", "stream", "urlopen"}
ROEPT |= {"Session", "Client", "AsyncClient", "ClientSession"}
WEGEN_NAAR_BUITEN = {
    "accounts/achterkanaal.py",
    "portal/berichten/wegen.py",
    "portal/demo/__main__.py",
    "portal/registers/verbinding.py",
    "portal/webhooks/pomp/uitgang.py",
}
ZONDER_CSRF = {
    "accounts/nagebootst/views.py",  # the token endpoint of the stand-in
    "accounts/uitgang.py",  # back-channel logout: signed by the provider
    "portal/registers/views.py",  # notifications: a token of the sender
}
SQL_UIT_CONSTANTEN = {  # names of tables and conditions of our own; values are parameters
    "accounts/rotatie.py",
    "portal/api/toegang/klanten.py",
    "portal/api/toegang/wie.py",
    "portal/webhooks/herstel.py",
}
EIGEN_RIJ = {"portal/mijn/views/downloaden.py"}  # the download that the door just gave
LOGMETHODEN = {"debug", "info", "warning", "error", "exception", "critical"}

Regel = Callable[[ast.AST, str], bool]


def _naam(knoop: ast.AST) -> str:
    """`a.b.c` of a chain of names; empty for anything else."""
    if isinstance(knoop, ast.Attribute):
        return f"{_naam(knoop.value)}.{knoop.attr}"
    return knoop.id if isinstance(knoop, ast.Name) else ""


def uitgaand_http(knoop: ast.AST, pad: str) -> bool:
    """Only the named clients, which have time limits and know where they may go, call out."""
    delen = _naam(knoop.func).split(".") if isinstance(knoop, ast.Call) else [""]
    return delen[0] in CLIENTS and delen[-1] in ROEPT and pad not in WEGEN_NAAR_BUITEN


def mark_safe(knoop: ast.AST, pad: str) -> bool:
    return isinstance(knoop, ast.Call) and _naam(knoop.func).endswith("mark_safe")


def csrf_uit(knoop: ast.AST, pad: str) -> bool:
    return isinstance(knoop, ast.Name) and knoop.id == "csrf_exempt" and pad not in ZONDER_CSRF


def rijen_in_views(knoop: ast.AST, pad: str) -> bool:
    """A view gets its rows from the door, never from a model."""
    in_view = pad.startswith("portal/mijn/views/") and pad not in EIGEN_RIJ
    return in_view and isinstance(knoop, ast.Attribute) and knoop.attr == "objects"


def open_nummer_in_log(knoop: ast.AST, pad: str) -> bool:
    is_log = isinstance(knoop, ast.Call) and _naam(knoop.func).rpartition(".")[2] in LOGMETHODEN
    return is_log and any(
        isinstance(deel, ast.Attribute) and deel.attr == "onthul" for deel in ast.walk(knoop)
    )


def klok_in_domein(knoop: ast.AST, pad: str) -> bool:
    """Time is an argument; tasks and commands are where the clock comes in."""
    domein = pad.startswith(("portal/klanten/regels", "portal/klanten/handelingen"))
    roept = _naam(knoop.func) if isinstance(knoop, ast.Call) else ""
    return domein and roept.endswith((".now", ".today", ".utcnow"))


def los_sql(knoop: ast.AST, pad: str) -> bool:
    """`.raw()`, `.extra()`, and SQL that is put together from text."""
    if not isinstance(knoop, ast.Call) or not isinstance(knoop.func, ast.Attribute):
        return False
    if knoop.func.attr in {"raw", "extra"}:
        return True
    eerste = knoop.args[0] if knoop.args else None
    samengesteld = knoop.func.attr == "execute" and isinstance(eerste, ast.JoinedStr)
    return samengesteld and pad not in SQL_UIT_CONSTANTEN


REGELS: dict[Regel, tuple[str, str]] = {
    uitgaand_http: ("portal/mijn/x.py", "requests.get(adres)"),
    mark_safe: ("portal/mijn/x.py", "django.utils.safestring.mark_safe(tekst)"),
    csrf_uit: ("portal/api/x.py", "@csrf_exempt\ndef f(): ..."),
    rijen_in_views: ("portal/mijn/views/x.py", "Klant.objects.get(pk=pk)"),
    open_nummer_in_log: ("accounts/x.py", "log.info('wie', wie.onthul())"),
    klok_in_domein: ("portal/klanten/handelingen/x.py", "timezone.now()"),
    los_sql: ("portal/x.py", "cursor.execute(f'select {naam}')"),
}
"""Each rule with a fault that it has to find, and where."""


def bronnen() -> Iterator[tuple[str, ast.Module]]:
    for map_ in ("accounts", "portal"):
        for pad in sorted((BASIS / map_).rglob("*.py")):
            if "migrations" not in pad.parts:
                yield str(pad.relative_to(BASIS)), ast.parse(pad.read_text())


@pytest.mark.parametrize("regel", REGELS, ids=lambda r: r.__name__)
def test_de_regel_vindt_een_geplante_fout(regel: Regel) -> None:
    pad, fout = REGELS[regel]

    assert any(regel(knoop, pad) for knoop in ast.walk(ast.parse(fout)))


def test_de_code_houdt_zich_aan_elke_regel() -> None:
    gevonden = [
        f"{pad}:{getattr(knoop, 'lineno', 0)} {regel.__name__}"
        for pad, boom in bronnen()
        for knoop in ast.walk(boom)
        for regel in REGELS
        if regel(knoop, pad)
    ]

    assert gevonden == []


@pytest.mark.parametrize(
    "pad", sorted(WEGEN_NAAR_BUITEN | ZONDER_CSRF | EIGEN_RIJ | SQL_UIT_CONSTANTEN)
)
def test_elke_uitzondering_bestaat_nog(pad: str) -> None:
    assert (BASIS / pad).exists()


def test_geen_sjabloon_zet_het_ontsnappen_uit() -> None:
    uit = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
    paden = [*BASIS.glob("templates/**/*.html"), *BASIS.glob("portal/**/templates/**/*.html")]

    assert uit.search("{{ naam|safe }}")
    assert len(paden) > 20
    assert [str(p) for p in paden if uit.search(p.read_text())] == []
