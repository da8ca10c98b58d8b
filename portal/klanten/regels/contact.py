"""E-mailadres en telefoonnummer: hoe wij iemand bereiken."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from portal.klanten.regels.fouten import OngeldigeWaarde
from portal.klanten.regels.tekst import TE_LANG, regel_tekst

HOOGUIT_PER_SOORT = 10
"""Hoeveel e-mailadressen, en hoeveel telefoonnummers, één klant kan hebben."""

_TELEFOON = re.compile(r"[0-9+() ./\-\t\u00a0\u2010-\u2015]{3,30}")
_ONBEREIKBAAR = ("+31800", "+31900", "+31906", "+31909", "+3114")
"""0800-, 0900- en 14-nummers: daar is geen mens persoonlijk op te bereiken (omzetting)."""


class Contactsoort(StrEnum):
    """Soort digitaal adres; tegelijk de naam van het veld in Gebeurtenis en bericht."""

    EMAIL = "email"
    TELEFOON = "telefoon"


class Stand(StrEnum):
    """Of een waarde gebruikt wordt, of nog wacht op bevestiging of op haar ingangsdatum."""

    IN_GEBRUIK = "in_gebruik"
    VOORGESTELD = "voorgesteld"


@dataclass(frozen=True)
class NieuwDigitaalAdres:
    """Een gegeven adres, al getoetst: een ongeldige waarde kan niet bestaan.

    `waarde` is stored canonical (e-mail: NFC with the domain in lower case; phone: E.164).
    """

    waarde: str
    omschrijving: str = ""
    soort: ClassVar[Contactsoort]

    def __post_init__(self) -> None:
        object.__setattr__(self, "waarde", self._toets(self.waarde))
        schoon = regel_tekst(self.omschrijving, veld="omschrijving", hooguit=40)
        object.__setattr__(self, "omschrijving", schoon)

    @staticmethod
    def _toets(waarde: str) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class NieuwEmail(NieuwDigitaalAdres):
    soort: ClassVar[Contactsoort] = Contactsoort.EMAIL

    @staticmethod
    def _toets(waarde: str) -> str:
        """Deel voor de @ blijft zoals getypt; hooguit 254 tekens. Raises OngeldigeWaarde."""
        schoon = regel_tekst(waarde, veld="waarde", hooguit=254, verplicht=True).strip(" ")
        try:
            goed = validate_email(schoon, check_deliverability=False, strict=True)
        except EmailNotValidError:
            melding = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
            raise OngeldigeWaarde(melding, veld="waarde") from None
        if len(goed.normalized) > 254:
            raise OngeldigeWaarde(TE_LANG, veld="waarde", hooguit=254)
        return goed.normalized


@dataclass(frozen=True)
class NieuwTelefoon(NieuwDigitaalAdres):
    soort: ClassVar[Contactsoort] = Contactsoort.TELEFOON

    @staticmethod
    def _toets(waarde: str) -> str:
        """KLUIT05: elk land met + of 00; zonder land is het Nederlands. Raises OngeldigeWaarde."""
        melding = "Vul een telefoonnummer in, bijvoorbeeld 06 12345678 of +49 30 901820."
        schoon = regel_tekst(waarde, veld="waarde", hooguit=30, verplicht=True)
        if not _TELEFOON.fullmatch(schoon):
            raise OngeldigeWaarde(melding, veld="waarde")
        try:
            nummer = phonenumbers.parse(schoon, "NL")
        except phonenumbers.NumberParseException:
            raise OngeldigeWaarde(melding, veld="waarde") from None
        e164 = phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164)
        if not phonenumbers.is_valid_number(nummer) or nummer.extension:
            raise OngeldigeWaarde(melding, veld="waarde")
        if e164.startswith(_ONBEREIKBAAR):
            raise OngeldigeWaarde("Vul een nummer in waarop u zelf opneemt.", veld="waarde")
        return e164
