"""Hoe en in welke taal iemand bericht wil krijgen."""

import re
from dataclasses import dataclass
from enum import StrEnum

import pycountry

from portal.klanten.regels.fouten import OngeldigeWaarde


class Voorkeursoort(StrEnum):
    """Waarover de keuze gaat: de taal, of het kanaal voor één soort bericht."""

    TAAL = "taal"
    ALGEMEEN = "algemeen"
    ZAKEN = "zaken"
    BETALINGEN = "betalingen"
    AFSPRAKEN = "afspraken"


class Voorkeurskanaal(StrEnum):
    EMAIL = "email"
    TELEFOON = "telefoon"
    POST = "post"
    SMS = "sms"
    BERICHTENBOX = "berichtenbox"


@dataclass(frozen=True)
class NieuweVoorkeur:
    """GEG1: een kanaal per soort bericht; de taal als ISO 639-1, of 639-2/T waar die ontbreekt."""

    soort: Voorkeursoort
    keuze: str

    def __post_init__(self) -> None:
        if self.soort is Voorkeursoort.TAAL:
            _eis_taal(self.keuze)
        elif self.keuze not in set(Voorkeurskanaal):
            raise OngeldigeWaarde("Kies een kanaal uit de lijst.", veld=self.soort)


def _eis_taal(keuze: str) -> None:
    """INT-4: een bestaande taal, in de kortste code die er is."""
    soort = "alpha_2" if len(keuze) == 2 else "alpha_3"
    taal = re.fullmatch("[a-z]{2,3}", keuze) and pycountry.languages.get(**{soort: keuze})
    if not taal or (soort == "alpha_3" and hasattr(taal, "alpha_2")):
        raise OngeldigeWaarde("Kies een taal uit de lijst.", veld="taal")
