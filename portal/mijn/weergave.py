"""Hoe waarden op het scherm staan: gegroepeerd, leesbaar, zonder ze te veranderen."""

import gettext as gettext_bestand
import unicodedata
from functools import lru_cache
from typing import Protocol

import phonenumbers
import pycountry
from django.conf import settings
from django.utils.translation import get_language, gettext
from phonenumbers import PhoneNumberFormat

from portal.klanten.regels import Adressoort


class Adres(Protocol):
    """Een postadres zoals het domein het bewaart of kreeg."""

    @property
    def soort(self) -> str: ...

    def regels(self) -> list[str]: ...


VAST = "\u00a0"
"""Spatie waarop een regel niet breekt: een nummer hoort bij elkaar te blijven."""


def telefoonnummer(e164: str) -> str:
    """Schrijf +31612345678 als 06 12 34 56 78, en een buitenlands nummer met +."""
    if e164.startswith("+316"):
        cijfers = f"0{e164[3:]}"
        return VAST.join(cijfers[i : i + 2] for i in range(0, len(cijfers), 2))
    nummer = phonenumbers.parse(e164)
    if nummer.country_code == 31:
        tekst = phonenumbers.format_number(nummer, PhoneNumberFormat.NATIONAL).replace("-", " ")
    else:
        tekst = phonenumbers.format_number(nummer, PhoneNumberFormat.INTERNATIONAL)
    return tekst.replace(" ", VAST)


def rekeningnummer(iban: str) -> str:
    """Schrijf een IBAN in groepen van vier."""
    return VAST.join(iban[i : i + 4] for i in range(0, len(iban), 4))


def rekeningnummer_verborgen(iban: str) -> str:
    """Laat van een IBAN alleen land, bank en de laatste vier tekens zien."""
    zichtbaar = {0, 1, *range(4, 8), *range(len(iban) - 4, len(iban))}
    bedekt = "".join(teken if i in zichtbaar else "•" for i, teken in enumerate(iban))
    return rekeningnummer(bedekt)


def adrestekst(adres: Adres) -> str:
    """Schrijf een postadres zoals op een envelop, het land voluit."""
    regels = adres.regels()
    if adres.soort == Adressoort.BUITENLAND:
        regels = [*regels[:-1], land(regels[-1])]
    return "\n".join(regels)


def postcode(kaal: str) -> str:
    """Schrijf 1234AB als 1234 AB."""
    return f"{kaal[:4]} {kaal[4:]}".strip()


def land(code: str) -> str:
    """Noem een land in de taal van de bladzijde; onbekend blijft de code."""
    return _landnamen(_taal()).get(code, code)


def landen() -> list[tuple[str, str]]:
    """Geef alle landen behalve Nederland als (code, naam), op naam in de taal van de bladzijde."""
    return list(_landnamen(_taal()).items())


def _taal() -> str:
    return get_language() or settings.LANGUAGE_CODE


def taal(code: str) -> str:
    """Noem een taal; talen waarin wij niet schrijven heten zoals de standaard ze noemt."""
    namen = {"nl": gettext("Nederlands"), "en": gettext("Engels")}
    if code in namen:
        return namen[code]
    gevonden = pycountry.languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code})
    return str(gevonden.name) if gevonden else code


@lru_cache(maxsize=4)
def _landnamen(taalcode: str) -> dict[str, str]:
    """Namen van landen op naam, uit ISO 3166 met de vertaling ervan; Kosovo staat er niet in."""
    vertaling = gettext_bestand.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[taalcode], fallback=True
    )
    namen = {
        land.alpha_2: vertaling.gettext(getattr(land, "common_name", land.name))
        for land in pycountry.countries
        if land.alpha_2 != "NL"
    }
    namen["XK"] = "Kosovo"
    return dict(sorted(namen.items(), key=lambda paar: _sorteer(paar[1])))


def _sorteer(naam: str) -> str:
    """Sorteersleutel zonder accenten, zodat Österreich bij de O staat."""
    return unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
