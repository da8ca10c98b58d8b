"""Het voorkeurscorrespondentieadres: Nederlands, of vrije regels met een land."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import pycountry

from portal.klanten.regels.fouten import OngeldigeWaarde
from portal.klanten.regels.tekst import regel_tekst

ZONDER_LAND_IN_ISO = frozenset({"XK"})
"""Kosovo: door gebruikers toegewezen, maar post komt er gewoon aan."""


class Adressoort(StrEnum):
    STRAAT = "straat"
    POSTBUS = "postbus"
    ANTWOORDNUMMER = "antwoordnummer"
    BUITENLAND = "buitenland"


def adresregels(delen: Mapping[str, Any]) -> list[str]:
    """Geef de regels zoals op een envelop: "1234 AB  Waterveen", met twee spaties.

    `delen` holds the fields of a NieuwPostadres or NieuwBuitenlandsAdres by name. A foreign
    address ends with its country (ISO 3166-1 alpha-2); the Netherlands are not named.
    """
    if delen["soort"] == Adressoort.BUITENLAND:
        regels = [delen["tav"], delen["regel1"], delen["regel2"], delen["regel3"]]
        return [*filter(None, regels), delen["landcode"]]
    straat = delen["soort"] == Adressoort.STRAAT
    naam = delen["straat"] if straat else str(delen["soort"]).capitalize()
    nummer = f"{delen['huisnummer']}{delen['huisletter']}"
    nummer += f"-{delen['toevoeging']}" if delen["toevoeging"] else ""
    postcode = f"{delen['postcode'][:4]} {delen['postcode'][4:]}"
    regels = [delen["tav"], f"{naam} {nummer}".strip(), f"{postcode}  {delen['plaats']}".strip()]
    return [*filter(None, regels)]


@dataclass(frozen=True, kw_only=True)
class NieuwPostadres:
    """BREG2: een Nederlands adres; wijkt het af van de BRP, dan is dat goed.

    `postcode` is stored as 1234AB, `huisletter` as a capital; `huisnummer` (1-99999) holds the
    number of a postbus or antwoordnummer too. A period is optional, `geldig_tot` exclusive.
    Raises OngeldigeWaarde.
    """

    soort: Adressoort = Adressoort.STRAAT
    postcode: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    straat: str = ""
    plaats: str = ""
    tav: str = ""
    geldig_vanaf: dt.date | None = None
    geldig_tot: dt.date | None = None

    def __post_init__(self) -> None:
        _eis_periode(self.geldig_vanaf, self.geldig_tot)
        if isinstance(self.huisnummer, bool) or not 1 <= self.huisnummer <= 99999:
            raise OngeldigeWaarde("Vul een nummer in van 1 tot 99999.", veld="huisnummer")
        if self.soort is Adressoort.BUITENLAND:
            raise OngeldigeWaarde("Kies een Nederlands adres.", veld="soort")
        schoon = {
            "postcode": postcode_van(self.postcode),
            "huisletter": huisletter_van(self.huisletter),
            "toevoeging": toevoeging_van(self.toevoeging),
            "straat": regel_tekst(self.straat, veld="straat", hooguit=80),
            "plaats": regel_tekst(self.plaats, veld="plaats", hooguit=80),
            "tav": regel_tekst(self.tav, veld="tav", hooguit=200),
        }
        for veld, tekst in schoon.items():
            object.__setattr__(self, veld, tekst)

    def regels(self) -> list[str]:
        """Return the lines of an envelope (adresregels)."""
        return adresregels(vars(self))


@dataclass(frozen=True, kw_only=True)
class NieuwBuitenlandsAdres:
    """KLUIT05: drie vrije regels (elk hooguit 80) en een land (ISO 3166-1 alpha-2, of XK)."""

    soort: ClassVar[Adressoort] = Adressoort.BUITENLAND
    landcode: str
    regel1: str
    regel2: str = ""
    regel3: str = ""
    tav: str = ""
    geldig_vanaf: dt.date | None = None
    geldig_tot: dt.date | None = None

    def __post_init__(self) -> None:
        _eis_periode(self.geldig_vanaf, self.geldig_tot)
        object.__setattr__(self, "landcode", _landcode(self.landcode))
        for veld in ("regel1", "regel2", "regel3"):
            tekst = regel_tekst(
                getattr(self, veld), veld=veld, hooguit=80, verplicht=veld == "regel1"
            )
            object.__setattr__(self, veld, tekst)
        object.__setattr__(self, "tav", regel_tekst(self.tav, veld="tav", hooguit=200))

    def regels(self) -> list[str]:
        """Return the lines of an envelope (adresregels)."""
        return adresregels({**vars(self), "soort": self.soort})


def _eis_periode(vanaf: dt.date | None, tot: dt.date | None) -> None:
    """Een periode eindigt na haar begin."""
    if vanaf and tot and tot <= vanaf:
        raise OngeldigeWaarde("Kies een einddatum na de begindatum.", veld="geldig_tot")


def postcode_van(tekst: str) -> str:
    """Return a postcode as 1234AB. Raises OngeldigeWaarde."""
    schoon = regel_tekst(tekst, veld="postcode", hooguit=7, verplicht=True).strip(" ")
    schoon = schoon.replace(" ", "", 1).upper()
    if not re.fullmatch("[1-9][0-9]{3}[A-Z]{2}", schoon) or schoon[4:] in {"SA", "SD", "SS"}:
        raise OngeldigeWaarde("Vul een postcode in, bijvoorbeeld 1234 AB.", veld="postcode")
    return schoon


def huisletter_van(tekst: str) -> str:
    """Return one capital, or nothing. Raises OngeldigeWaarde."""
    if not re.fullmatch("[a-zA-Z]?", tekst):
        raise OngeldigeWaarde("Vul één letter in.", veld="huisletter")
    return tekst.upper()


def toevoeging_van(tekst: str) -> str:
    """Return a toevoeging of at most four characters. Raises OngeldigeWaarde."""
    if not re.fullmatch(r"[a-zA-Z0-9 \-]{0,4}", tekst):
        melding = "Gebruik hooguit 4 letters, cijfers of streepjes."
        raise OngeldigeWaarde(melding, veld="toevoeging")
    return tekst.strip()


def _landcode(tekst: str) -> str:
    if not re.fullmatch("[A-Z]{2}", tekst) or not (
        tekst in ZONDER_LAND_IN_ISO or pycountry.countries.get(alpha_2=tekst)
    ):
        raise OngeldigeWaarde("Kies een land uit de lijst.", veld="landcode")
    if tekst == "NL":
        raise OngeldigeWaarde("Vul voor Nederland een postcode in.", veld="landcode")
    return tekst
