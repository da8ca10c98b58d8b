"""Wat een scherm van een buur toont, zonder ooit een uitzondering: gevonden, niets, of nu niet.

This is the door for `portal.mijn`; besides it only `pdok`, `stand` and `terugmelding`:

    beeld = basisgegevens.persoon(inlog.identiteit)      # Getoond[brp.Persoon]
    {% if beeld.er %} {{ beeld.waarde.naam }} {% elif beeld.nu_niet %} nu niet … {% endif %}

Each call is a real question to the register (at most 5 s, mostly a few ms); nothing is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from accounts.identiteit import Identiteit
from portal.registers import brp, kvk, pdok
from portal.registers.verbinding import Buurstoring, NietGekoppeld

T = TypeVar("T")


class Beeld(StrEnum):
    """UIT: niet gekoppeld, toon niets. NIETS: het register kent dit niet. NU_NIET: storing."""

    UIT = "uit"
    ER = "er"
    NIETS = "niets"
    NU_NIET = "nu-niet"


@dataclass(frozen=True)
class Getoond(Generic[T]):
    """Eén antwoord voor een scherm; `waarde` is er precies als `er` waar is."""

    beeld: Beeld
    waarde: T | None = None

    @property
    def er(self) -> bool:
        """Of er iets te tonen is."""
        return self.beeld is Beeld.ER

    @property
    def nu_niet(self) -> bool:
        """Of het scherm moet zeggen dat dit nu niet te tonen is."""
        return self.beeld is Beeld.NU_NIET


def persoon(identiteit: Identiteit) -> Getoond[brp.Persoon]:
    """Naam en woonadres volgens de BRP van wie is ingelogd."""
    return _toon(lambda: brp.persoon(identiteit))


def onderneming(identiteit: Identiteit) -> Getoond[kvk.Onderneming]:
    """Naam en adres volgens het Handelsregister van het bedrijf dat is ingelogd."""
    return _toon(lambda: kvk.onderneming(identiteit))


def vestiging(identiteit: Identiteit) -> Getoond[kvk.Vestiging]:
    """De vestiging waartoe de inlog beperkt is."""
    return _toon(lambda: kvk.vestiging(identiteit))


def vestigingen(identiteit: Identiteit) -> Getoond[tuple[kvk.Vestiging, ...]]:
    """De vestigingen om uit te kiezen."""
    return _toon(lambda: kvk.vestigingen(identiteit))


def adressen(postcode: str, huisnummer: str) -> Getoond[tuple[pdok.Adres, ...]]:
    """Straat en plaats bij postcode en huisnummer, als hulp bij het invullen."""
    return _toon(lambda: pdok.adressen(postcode, huisnummer))


def _toon(lees: Callable[[], T | None]) -> Getoond[T]:
    try:
        waarde = lees()
    except NietGekoppeld:
        return Getoond(Beeld.UIT)
    except Buurstoring:
        return Getoond(Beeld.NU_NIET)
    return Getoond(Beeld.ER, waarde) if waarde else Getoond(Beeld.NIETS)
