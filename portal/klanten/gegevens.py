"""Wat wij bewaren, waarvoor, op welke grond en hoe lang: `gegevens.toml`, gelezen en getoetst."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.utils.translation import ngettext

from portal.klanten.models import MetHerkomst

BESTAND = Path(__file__).with_name("gegevens.toml")
GRONDSLAGEN = {
    "taak": "Onze publieke taak: u kunnen bereiken (AVG artikel 6 lid 1 onder e).",
    "plicht": "Een wettelijke plicht (AVG artikel 6 lid 1 onder c).",
    "nummer": "Onze publieke taak, en de wet die het BSN daarbij toestaat (Wabb artikel 10).",
}
JAAR = 365
KLASSEN = {"geheim", "gevoelig", "gewoon", "technisch"}


@dataclass(frozen=True, kw_only=True)
class Gegevenssoort:
    """Eén soort bewaard gegeven, zoals de klant en de privacyfunctionaris het lezen.

    `velden` maps the name of each stored field to what it is for. `tonen` is False for rows that
    hold nothing of a person.
    """

    naam: str
    titel: str
    klasse: str
    doel: str
    grondslag: str
    bewaren: str
    tonen: bool
    velden: dict[str, str]


@cache
def gegevenssoorten() -> Sequence[Gegevenssoort]:
    """Lees `gegevens.toml`; een onleesbaar bestand of ontbrekende sleutel stopt het starten."""
    inhoud = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    return tuple(
        Gegevenssoort(naam=naam, **{**deel, "grondslag": GRONDSLAGEN[deel["grondslag"]]})
        for naam, deel in inhoud.items()
    )


def bewaarde_velden() -> dict[str, set[str]]:
    """Return per model the fields that the database stores; what MetHerkomst adds, once."""
    gedeeld = {veld.name for veld in MetHerkomst._meta.local_fields}
    return {MetHerkomst.__name__: gedeeld} | {
        model.__name__: _velden(model, gedeeld)
        for model in apps.get_app_config("klanten").get_models(include_auto_created=True)
    }


def verschillen() -> list[str]:
    """Zeg per veld wat er niet klopt: bewaard zonder doel, of beschreven en niet bewaard."""
    bewaard = {(naam, veld) for naam, velden in bewaarde_velden().items() for veld in velden}
    beschreven = {(soort.naam, veld) for soort in gegevenssoorten() for veld in soort.velden}
    return [
        *(f"{naam}.{veld} heeft geen doel" for naam, veld in sorted(bewaard - beschreven)),
        *(f"{naam}.{veld} bestaat niet" for naam, veld in sorted(beschreven - bewaard)),
        *(
            f"{soort.naam}: klasse, doel, grondslag of termijn ontbreekt"
            for soort in gegevenssoorten()
            if soort.klasse not in KLASSEN
            or not all([soort.titel, soort.doel, soort.bewaren, *soort.velden.values()])
        ),
    ]


def met_termijn(tekst: str, ongebruikt: dt.timedelta) -> str:
    """Fill in the term that a municipality sets itself, in whole years or else in days."""
    dagen = ongebruikt.days
    if dagen and dagen % JAAR == 0:
        termijn = ngettext("%(aantal)d jaar", "%(aantal)d jaar", dagen // JAAR) % {
            "aantal": dagen // JAAR
        }
    else:
        termijn = ngettext("%(aantal)d dag", "%(aantal)d dagen", dagen) % {"aantal": dagen}
    return tekst % {"ongebruikt": termijn}


def verwerkingsregister(organisatie: str, *, ongebruikt: dt.timedelta) -> str:
    """Return the register of processing for the privacy officer, as Markdown."""
    kop = f"# Register van verwerkingen: klantgegevens\n\nVerantwoordelijke: {organisatie}.\n"
    return "\n".join([kop, *(_hoofdstuk(soort, ongebruikt) for soort in gegevenssoorten())])


def _hoofdstuk(soort: Gegevenssoort, ongebruikt: dt.timedelta) -> str:
    rijen = [f"| `{veld}` | {waarvoor} |" for veld, waarvoor in soort.velden.items()]
    return "\n".join(
        [
            f"## {soort.titel} (`{soort.naam}`)\n",
            f"- Klasse: {soort.klasse}",
            f"- Doel: {soort.doel}",
            f"- Grondslag: {soort.grondslag}",
            f"- Bewaartermijn: {met_termijn(soort.bewaren, ongebruikt)}\n",
            "| veld | waarvoor |",
            "| --- | --- |",
            *rijen,
            "",
        ]
    )


def _velden(model: type[Model], gedeeld: set[str]) -> set[str]:
    velden = {veld.name for veld in model._meta.concrete_fields}
    return velden - gedeeld if issubclass(model, MetHerkomst) else velden
