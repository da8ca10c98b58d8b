"""Wie het vraagt en namens wie: het subject, de zekerheid en de herkomst van een waarde."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ParamSpec

from accounts.niveaus import Niveau
from portal.klanten.regels.fouten import (
    IntussenGewijzigd,
    OnvoldoendeBetrouwbaar,
    RegelGeschonden,
)

P = ParamSpec("P")

ONDERGRENS = Niveau.MIDDEN
"""Lager dan dit kan geen gemeente een handeling zetten (login: handelingen en niveaus)."""


class Subjectsoort(StrEnum):
    """KARD3: van welke soort het ene subject is waaraan een klant gekoppeld kan zijn."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon"
    VESTIGING = "vestiging"
    BUITENLANDS = "buitenlands"


VAN_SYSTEEM, VANZELF, OVERGENOMEN = "systeem", "vanzelf", "overgenomen"
"""USE-6: het middel van wat geen mens deed die hier inlogde: een systeem, het portaal uit zichzelf,
of de gemeente die een bestand uit een ander portaal overnam."""


class Via(StrEnum):
    """USE-6: langs welke weg een waarde binnenkwam."""

    PORTAAL = "portaal"
    INTERACTIE = "interactie"
    HERSTEL = "herstel"
    IMPORT = "import"


@dataclass(frozen=True, kw_only=True)
class Authenticatie:
    """Bij welke organisatie, namens welk subject, door wie, hoe zeker; nooit het nummer zelf.

    `bronorganisatie` is the RSIN of the municipality. `bedrijf_index` is the index of the KvK
    number, for a company and for each of its branches; `rsin_index` that of its RSIN, if known.
    `handelende` is the opaque pseudonym of who acts; `namens`, the pseudonym of the subject, is
    filled when that is somebody else, `mandaat` when a machtiging allows it (besluiten 6). `land`
    (ISO 3166-1 alpha-2) and `organisatie` tell more about a foreign subject (INT-3).
    """

    bronorganisatie: str
    subjectsoort: Subjectsoort
    subject_index: str
    subject_verzegeld: str = field(repr=False)
    bedrijf_index: str = ""
    rsin_index: str = ""
    land: str = ""
    organisatie: bool = False
    middel: str
    niveau: Niveau
    vereist: Niveau
    handelende: str
    namens: str = ""
    mandaat: str = ""

    @property
    def persoon(self) -> bool:
        """KARD1: telt dit subject als één mens, van wie er maar één klant kan zijn."""
        if self.subjectsoort is Subjectsoort.BUITENLANDS:
            return not self.organisatie
        return self.subjectsoort is Subjectsoort.NATUURLIJK_PERSOON


@dataclass(frozen=True, kw_only=True)
class Herkomst:
    """USE-6: wie een waarde gaf (pseudoniem), met welk middel en niveau, wanneer, waarlangs.

    `namens` and `mandaat` as in Authenticatie.
    """

    door: str
    middel: str
    niveau: Niveau
    op: dt.datetime
    via: Via
    namens: str = ""
    mandaat: str = ""

    @classmethod
    def van(
        cls, authenticatie: Authenticatie, *, op: dt.datetime, via: Via = Via.PORTAAL
    ) -> "Herkomst":
        """Return the origin of what this person supplies at `op`."""
        return cls(
            door=authenticatie.handelende,
            middel=authenticatie.middel,
            niveau=authenticatie.niveau,
            op=op,
            via=via,
            namens=authenticatie.namens,
            mandaat=authenticatie.mandaat,
        )


def als_vraag(eis: Callable[P, None]) -> Callable[P, bool]:
    """Eén regel, twee vormen: `eis_…` weigert met een reden, `mag_…` antwoordt ja of nee."""

    def mag(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            eis(*args, **kwargs)
        except RegelGeschonden:
            return False
        return True

    return mag


def eis_voldoende_betrouwbaar(authenticatie: Authenticatie) -> None:
    """VAST1: aan een persoon of bedrijf koppelen kan pas als vaststaat wie het vraagt."""
    if authenticatie.niveau < max(authenticatie.vereist, ONDERGRENS):
        raise OnvoldoendeBetrouwbaar


mag_relateren = als_vraag(eis_voldoende_betrouwbaar)


def eis_ongewijzigd(*, gezien: int, gewijzigd: int) -> None:
    """KLUIT01: wie wijzigt, zag de laatste stand van dit gegeven; niets wordt stil overschreven.

    `gezien` is the version of the klant that the person saw, `gewijzigd` the version in which this
    field was last changed. Raises IntussenGewijzigd.
    """
    if gewijzigd > gezien:
        raise IntussenGewijzigd
