"""De uitgangspunten als zuivere functies: één regel per functie, met zijn code.

Geen Django, geen databank, geen klok. Wie wil weten wat mag, leest dit eerst.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ParamSpec

from accounts.niveaus import Niveau

P = ParamSpec("P")

ONDERGRENS = Niveau.MIDDEN
"""Lager dan dit kan geen gemeente een handeling zetten (login: handelingen en niveaus)."""


class RegelGeschonden(Exception):
    """Een regel zegt nee; `melding` is wat de klant leest, `code` wat een systeem leest."""

    code = "regel-geschonden"
    melding = "Dit kan niet."

    def __init__(self, melding: str | None = None, *, veld: str = "") -> None:
        self.melding = melding or self.melding
        self.veld = veld
        super().__init__(self.code)


class OnvoldoendeBetrouwbaar(RegelGeschonden):
    code = "onvoldoende-authenticatie"
    melding = "Log in met een zekerder inlogmiddel om dit te doen."


class IntussenGewijzigd(RegelGeschonden):
    code = "conflict"
    melding = "Dit gegeven is intussen gewijzigd. Kijk welke waarde klopt."


class Subjectsoort(StrEnum):
    """KARD3: van welke soort het ene subject is waaraan een klant gekoppeld kan zijn."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon"
    VESTIGING = "vestiging"
    BUITENLANDS = "buitenlands"


@dataclass(frozen=True, kw_only=True)
class Authenticatie:
    """Namens welk subject, door wie, hoe zeker dat is en moet zijn; nooit het nummer zelf.

    `bedrijf_index` is the index of the KvK number, for a company and for each of its branches;
    `handelende` is the opaque pseudonym of who acts; `namens` and `mandaat` are filled when that
    is somebody else than the subject (besluiten 6).
    """

    subjectsoort: Subjectsoort
    subject_index: str
    subject_verzegeld: str = field(repr=False)
    bedrijf_index: str = ""
    middel: str
    niveau: Niveau
    vereist: Niveau
    handelende: str
    namens: str = ""
    mandaat: str = ""


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


def eis_ongewijzigd(*, gezien: int, huidig: int) -> None:
    """KLUIT01: wie wijzigt, zag de laatste stand; niets wordt stil overschreven."""
    if gezien != huidig:
        raise IntussenGewijzigd


BIJ_CONSTRAINT: dict[str | None, type[RegelGeschonden]] = {
    "een_gevalideerde_klant_per_natuurlijk_persoon": IntussenGewijzigd,
}
"""Welke regel de databank uitspreekt als zij een constraint bij naam weigert."""
