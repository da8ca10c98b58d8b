"""Collect the texts of templates and code into the English catalogue, and compile it.

`python gereedschap/teksten.py` renews locale/en: new texts come in empty, dropped ones go.
`python gereedschap/teksten.py <map>/locale` only compiles the catalogues of a municipality.
Written with Babel and Django's own template reader, so no machine needs GNU gettext.
"""

import ast
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WORTEL = Path(__file__).resolve().parent.parent
CATALOGUS = WORTEL / "locale" / "en" / "LC_MESSAGES" / "django.po"
ENKEL, CONTEXT = None, ((1, "c"), 2)
SLEUTELWOORDEN = {
    "_": ENKEL,
    "gettext": ENKEL,
    "gettext_lazy": ENKEL,
    "gettext_noop": ENKEL,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
}
Tekst = tuple[str, int, str | tuple[str, ...], str | None]


def teksten() -> Iterator[Tekst]:
    """Every text to translate: file, line, message (singular and plural), context."""
    for map_ in ("portal", "accounts"):
        for bestand in sorted((WORTEL / map_).rglob("*.py")):
            yield from _uit(bestand, bestand.read_bytes())
            yield from in_f_teksten(bestand)
    yield from _uit_gegevens()
    yield from _uit_regels()
    for bestand in sorted((WORTEL / "templates").rglob("*.*")):
        # Babel reads Python: what the template reader leaves of the rest may not be indented.
        regels = templatize(bestand.read_text(), origin=bestand.name).splitlines()
        yield from _uit(bestand, "\n".join(regel.strip() for regel in regels).encode())


def in_f_teksten(bestand: Path) -> Iterator[Tekst]:
    """What Babel sees from Python 3.12 on only: f"{_('a text')} and more"."""
    for f_tekst in ast.walk(ast.parse(bestand.read_bytes())):
        if isinstance(f_tekst, ast.JoinedStr):
            for knoop in ast.walk(f_tekst):
                match knoop:
                    case ast.Call(func=ast.Name("_" | "gettext"), args=[ast.Constant(str(tekst))]):
                        yield str(bestand.relative_to(WORTEL)), 0, tekst, None


def _uit_gegevens() -> Iterator[Tekst]:
    """What the page "Welke gegevens bewaren wij" shows of each kind."""
    bestand = WORTEL / "portal" / "klanten" / "gegevens.toml"
    for deel in tomllib.loads(bestand.read_text()).values():
        if deel["tonen"]:
            velden = deel["velden"].values()
            for tekst in (deel["titel"], deel["doel"], deel["bewaren"], *velden):
                yield str(bestand.relative_to(WORTEL)), 0, tekst, None
    for tekst in _grondslagen():
        yield "portal/klanten/gegevens.py", 0, tekst, None


def _uit_regels() -> Iterator[Tekst]:
    """What a rule says to the klant; the rules know no Django, so nothing is marked there."""
    for bestand in sorted((WORTEL / "portal" / "klanten" / "regels").glob("*.py")):
        for knoop in ast.walk(ast.parse(bestand.read_text())):
            if (tekst := _melding(knoop)) is not None:
                yield str(bestand.relative_to(WORTEL)), 0, tekst, None


def _melding(knoop: ast.AST) -> str | None:
    """The text of `melding = …`, `TE_LANG = …` or `raise OngeldigeWaarde(…)`."""
    match knoop:
        case ast.Assign(targets=[ast.Name("melding" | "TE_LANG")], value=ast.Constant(str(tekst))):
            return tekst
        case ast.Raise(exc=ast.Call(args=[ast.Constant(str(tekst)), *_])):
            return tekst
    return None


def _grondslagen() -> list[str]:
    """The grounds, read from the source: importing it would need Django's settings."""
    bron = ast.parse((WORTEL / "portal" / "klanten" / "gegevens.py").read_text())
    gevonden = next(
        knoop.value
        for knoop in bron.body
        if isinstance(knoop, ast.Assign) and ast.unparse(knoop.targets[0]) == "GRONDSLAGEN"
    )
    return list(ast.literal_eval(gevonden).values())


def _uit(bestand: Path, bron: bytes) -> Iterator[Tekst]:
    naam = str(bestand.relative_to(WORTEL))
    for regel, tekst, _uitleg, context in extract(
        "python", io.BytesIO(bron), keywords=SLEUTELWOORDEN
    ):
        yield naam, regel, tekst, context


class EngelseTeksten(Catalog):
    """A catalogue without dates and names of whoever ran this: same texts, same file."""

    mime_headers = [
        ("Language", "en"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def lees(pad: Path) -> Catalog:
    """Read a catalogue; an empty one when there is no file yet."""
    uit = EngelseTeksten(
        locale="en", header_comment="# Vernieuwen: python gereedschap/teksten.py", fuzzy=False
    )
    if pad.exists():
        with pad.open("rb") as bestand:
            for bericht in read_po(bestand, locale="en"):
                if bericht.id:
                    uit[bericht.id] = bericht
    return uit


def vernieuw() -> Catalog:
    """The English catalogue with exactly the texts of now and the translations it had."""
    sjabloon = Catalog(locale="en")
    for naam, _regel, tekst, context in teksten():
        vlag = ("python-format",) if "%(" in str(tekst) else ()
        sjabloon.add(tekst, locations=[(naam, 0)], context=context, flags=vlag)
    catalogus = lees(CATALOGUS)
    catalogus.update(sjabloon, no_fuzzy_matching=True, update_creation_date=False)
    catalogus.obsolete.clear()
    return catalogus


def als_po(catalogus: Catalog) -> bytes:
    """The catalogue as text, the same on every machine and day."""
    uit = io.BytesIO()
    write_po(
        uit,
        catalogus,
        width=100,
        omit_header=False,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return uit.getvalue()


def als_mo(catalogus: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    uit = io.BytesIO()
    write_mo(uit, catalogus)
    return uit.getvalue()


def main() -> None:
    if len(sys.argv) > 1:
        for po in Path(sys.argv[1]).rglob("*.po"):
            po.with_suffix(".mo").write_bytes(als_mo(lees(po)))
        return
    catalogus = vernieuw()
    CATALOGUS.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUS.write_bytes(als_po(catalogus))
    CATALOGUS.with_suffix(".mo").write_bytes(als_mo(lees(CATALOGUS)))
    leeg = sum(1 for bericht in catalogus if bericht.id and not bericht.string)
    sys.stdout.write(f"{len(catalogus)} teksten, {leeg} zonder Engels\n")


if __name__ == "__main__":
    main()
