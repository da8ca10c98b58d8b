"""Change every operator, constant, return and raise of a file, one at a time, and expect red.

    python -m tests.mutanten.systematisch [FILE ...]     without a file: all of PER_BESTAND

Left alone: docstrings, annotations, f-strings, what goes to a log, and the second argument of an
exception (a detail for the log). Django is loaded once; every mutant gets a fork of that process,
with the changed module (and what imported it) loaded anew. Exit 1 under 90 percent found. With
ELKE=5 in the environment a sample: each fifth mutant.
"""

import ast
import copy
import importlib.abc
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path

import django
import pytest

from tests import databank

T, K = "tests/accounts/test_", "tests/klanten/test_"
PER_BESTAND = {
    "accounts/niveaus.py": [f"{T}niveaus.py"],
    "accounts/identiteit.py": [f"{T}identiteit.py"],
    "accounts/controles.py": [f"{T}controles.py"],
    "accounts/oidc.py": [f"{T}oidc.py", f"{T}inloggen.py", f"{T}vraag.py",
                         f"{T}vervalsingen.py::test_een_goed_antwoord_werkt", f"{T}beheer.py",
                         f"{T}vertegenwoordiging.py", f"{T}afmelden.py"],
    "portal/klanten/handelingen/claimen.py": [f"{K}claimen.py", "tests/mijn/test_koppelen.py"],
    "portal/klanten/handelingen/sleutels.py": [f"{K}opslaan.py", f"{K}interacties.py",
                                               "tests/mijn/test_twee_tabbladen.py",
                                               "tests/mijn/test_meldingen.py"],
}  # fmt: skip
SCHERMEN = ["portal.mijn.bewaren", "portal.mijn.bewerken", "portal.mijn.views", "portal.mijn.urls",
            "portal.mijn.urls_openbaar", "portal.urls"]  # fmt: skip
DAARVAN = {
    "accounts.oidc": ["accounts.terugkeer", "accounts.views", "accounts.urls", "portal.urls"],
    "portal.klanten.handelingen.claimen": ["portal.klanten.handelingen", *SCHERMEN],
    "portal.klanten.handelingen.sleutels": ["portal.klanten.handelingen", *SCHERMEN],
}
"""What imported a module and has to be loaded anew with it; of a package all of it."""
WISSEL: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
GENOEG = 0.9


def _niet_mee(boom: ast.Module) -> set[int]:
    """The ids of nodes whose change nobody would notice, by the rule of this module."""
    weg: list[ast.AST] = []
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.JoinedStr):
            weg.append(knoop)
        if isinstance(knoop, ast.Expr) and isinstance(knoop.value, ast.Constant):
            weg.append(knoop)
        if isinstance(knoop, ast.AnnAssign | ast.arg) and knoop.annotation:
            weg.append(knoop.annotation)
        if isinstance(knoop, ast.FunctionDef) and knoop.returns:
            weg.append(knoop.returns)
        if isinstance(knoop, ast.Call) and ast.unparse(knoop.func).startswith(("log.", "_meld")):
            weg.append(knoop)
        if isinstance(knoop, ast.Raise) and isinstance(knoop.exc, ast.Call):
            weg.extend(knoop.exc.args[1:])
    return {id(deel) for knoop in weg for deel in ast.walk(knoop)}


def _andere_constante(waarde: object) -> object:
    if isinstance(waarde, bool):
        return not waarde
    if isinstance(waarde, int):
        return waarde + 1
    return f"{waarde}X" if isinstance(waarde, str) else None


def _anders(knoop: ast.AST) -> ast.AST | None:
    """The changed node, or None when there is nothing to change about it."""
    nieuw = copy.deepcopy(knoop)
    match nieuw:
        case ast.Compare(ops=[eerste, *_]) if type(eerste) in WISSEL:
            nieuw.ops[0] = WISSEL[type(eerste)]()
        case ast.BoolOp() | ast.BinOp() if type(nieuw.op) in WISSEL:
            nieuw.op = WISSEL[type(nieuw.op)]()
        case ast.UnaryOp(op=ast.Not()):
            return nieuw.operand
        case ast.Constant() if (waarde := _andere_constante(nieuw.value)) is not None:
            nieuw.value = waarde
        case ast.Return(value=waarde) if waarde is not None and ast.unparse(waarde) != "None":
            nieuw.value = ast.Constant(None)
        case ast.Raise():
            return ast.Pass()
        case _:
            return None
    return nieuw


class _Vervang(ast.NodeTransformer):
    def __init__(self, oud: ast.AST, nieuw: ast.AST) -> None:
        self.oud, self.nieuw = oud, nieuw

    def visit(self, knoop: ast.AST) -> ast.AST:
        if knoop is self.oud:
            return ast.copy_location(self.nieuw, knoop)
        return super().visit(knoop)


def mutanten(bron: str) -> Iterator[tuple[str, str]]:
    """Every changed text of a file, with the line and what changed."""
    aantal = len(list(ast.walk(ast.parse(bron))))
    for nummer in range(aantal):
        boom = ast.parse(bron)
        knoop = list(ast.walk(boom))[nummer]
        nieuw = None if id(knoop) in _niet_mee(boom) else _anders(knoop)
        if nieuw is None:
            continue
        naam = (
            f"{getattr(knoop, 'lineno', 0)}: {ast.unparse(knoop)[:70]} -> {ast.unparse(nieuw)[:70]}"
        )
        yield naam, ast.unparse(ast.fix_missing_locations(_Vervang(knoop, nieuw).visit(boom)))


class _Lader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a text instead of from its file."""

    def __init__(self, module: str, bestand: str, tekst: str) -> None:
        self.module, self.bestand, self.tekst = module, bestand, tekst

    def find_spec(self, naam: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(naam, self) if naam == self.module else None

    def exec_module(self, module: object) -> None:
        exec(compile(self.tekst, self.bestand, "exec"), vars(module))  # noqa: S102 - the mutant


def _vergeet(module: str) -> None:
    """Take a module away from where an import would find it: the table, and its package.

    With it goes what is inside it, when it is a package.
    """
    for los in [naam for naam in sys.modules if f"{naam}.".startswith(f"{module}.")]:
        pakket, _, naam = los.rpartition(".")
        if sys.modules.pop(los, None) and hasattr(sys.modules.get(pakket), naam):
            delattr(sys.modules[pakket], naam)


def is_rood(bestand: str, tekst: str) -> bool:
    """Run the tests of a file in a fork with the changed text; anything but all green is red."""
    kind = os.fork()
    if kind == 0:
        leeg = os.open(os.environ.get("MUTANT_UIT", os.devnull), os.O_WRONLY | os.O_CREAT)
        os.dup2(leeg, 1), os.dup2(leeg, 2)
        databank.pytest_unconfigure = lambda: None  # the server is the parent's
        module = bestand.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Lader(module, bestand, tekst))
        for naam in [module, *DAARVAN.get(module, [])]:
            _vergeet(naam)
        opties = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly",
                  "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
        os._exit(int(pytest.main([*opties, *PER_BESTAND[bestand]]) != 0))
    return os.waitpid(kind, 0)[1] != 0


def _aanbieder() -> subprocess.Popen[str]:
    """One forging provider for all forks (tests/accounts/conftest.py)."""
    opdracht = [sys.executable, "-m", "tests.nep_aanbieder"]
    proces = subprocess.Popen(opdracht, stdout=subprocess.PIPE, text=True)
    assert proces.stdout is not None
    os.environ["NEP_AANBIEDER"] = f"http://127.0.0.1:{int(proces.stdout.readline())}"
    return proces


def main(bestanden: list[str]) -> int:
    gevonden = totaal = 0
    databank.pytest_load_initial_conftests()
    aanbieder = _aanbieder()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    django.setup()
    for plugin in entry_points(group="pytest11"):
        plugin.load()  # here once, not in every fork
    try:
        for bestand in bestanden or list(PER_BESTAND):
            bron = Path(bestand).read_text(encoding="utf-8")
            if is_rood(bestand, bron):
                raise SystemExit(f"{bestand}: de toetsen zijn al rood zonder fout")
            for naam, tekst in islice(mutanten(bron), 0, None, int(os.environ.get("ELKE", "1"))):
                rood = is_rood(bestand, tekst)
                totaal, gevonden = totaal + 1, gevonden + rood
                sys.stdout.write(f"{'rood ' if rood else 'GROEN'} {bestand}:{naam}\n")
                sys.stdout.flush()
    finally:
        aanbieder.kill()
        aanbieder.wait()
        databank.pytest_unconfigure()
    sys.stdout.write(f"{gevonden} van {totaal} gevonden ({gevonden / max(totaal, 1):.1%})\n")
    return 0 if gevonden >= GENOEG * totaal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
