"""Every text has its English twin, and what Django reads is what the catalogue says."""

import re
from pathlib import Path

import pytest

from gereedschap import teksten

PLAATS = re.compile(r"%\(\w+\)s")
SJABLONEN = teksten.WORTEL / "templates"
VERTAALD = re.compile(
    r"\{% *blocktrans.*?\{% *endblocktrans\w* *%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL
)
EIGENSCHAP = re.compile(r'\b(?:alt|aria-label|title|placeholder|data-melding)="([^"]*)"')
# What stands beside a text that Logius fixes is English in itself; a class is no text.
IN_HET_ENGELS = re.compile(r'<(\w+)[^>]*lang="en"[^>]*>[^<]*</\1>|\bkg-[\w-]+')
WOORD = re.compile(r"[^\W\d_]{2,}")
# Names of languages and means, the same in every language.
EIGENNAMEN = {"NL", "EN", "Nederlands", "English", "European", "login", "eIDAS", "nbsp"}
# Dutch only: the stand-in of the demo, the admin for staff, the page for programmers of the API.
UITGEZONDERD = ("nagebootst/", "admin/", "api/")


def test_wat_django_leest_is_de_vertaalde_catalogus() -> None:
    assert teksten.CATALOGUS.with_suffix(".mo").read_bytes() == teksten.als_mo(
        teksten.lees(teksten.CATALOGUS)
    )


def test_een_vertaling_houdt_dezelfde_plaatsen_open() -> None:
    anders = [
        bericht.id
        for bericht in teksten.lees(teksten.CATALOGUS)
        if isinstance(bericht.id, str)
        and bericht.string
        and set(PLAATS.findall(bericht.id)) != set(PLAATS.findall(str(bericht.string)))
    ]
    assert anders == []


def test_elke_tekst_heeft_een_engelse_vertaling() -> None:
    vertaald = {
        (bericht.id, bericht.context): bericht.string
        for bericht in teksten.lees(teksten.CATALOGUS)
        if bericht.id
    }
    ontbreekt = {
        f"{bestand}: {tekst}"
        for bestand, _regel, tekst, context in teksten.teksten()
        if not vertaald.get((tekst, context))
    }
    assert not ontbreekt, "python gereedschap/teksten.py, en vul het Engels in: " + "\n".join(
        sorted(ontbreekt)
    )


def test_een_tekst_in_een_f_tekst_wordt_gevonden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teksten, "WORTEL", tmp_path)
    bestand = tmp_path / "scherm.py"
    bestand.write_text("zin = f\"{_('Niet ingevuld.')} {rest}\"")
    assert list(teksten.in_f_teksten(bestand)) == [("scherm.py", 0, "Niet ingevuld.", None)]


def losse_woorden(sjabloon: str) -> list[str]:
    """Words a person would read that do not pass through the translation."""
    rest = VERTAALD.sub(" ", IN_HET_ENGELS.sub(" ", sjabloon))
    eigenschappen = EIGENSCHAP.findall(rest)
    tekst = re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", rest, flags=re.DOTALL)
    gevonden = WOORD.findall(" ".join([tekst, *eigenschappen]))
    return [woord for woord in gevonden if woord not in EIGENNAMEN]


def test_geen_sjabloon_toont_nederlands_buiten_de_vertaling_om() -> None:
    gevonden = {
        naam: woorden
        for bestand in sorted(SJABLONEN.rglob("*.*"))
        if not (naam := str(bestand.relative_to(SJABLONEN))).startswith(UITGEZONDERD)
        and (woorden := losse_woorden(bestand.read_text()))
    }
    assert gevonden == {}


def test_een_los_woord_wordt_gevonden() -> None:
    los = '<p title="Hoi">Dag {{ naam }} {% translate "Welkom" %}</p>'
    assert losse_woorden(los) == ["Dag", "Hoi"]
