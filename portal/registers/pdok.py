"""Adreshulp: straat en plaats bij postcode en huisnummer; invulhulp, nooit een voorwaarde.

PDOK Locatieserver 3.1, `/free`. Only values that passed our own pattern reach its query language.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from portal.registers.verbinding import Antwoordvorm, Vraag, buur, vraag

_POSTCODE = re.compile("[1-9][0-9]{3} ?[A-Za-z]{2}")
_HUISNUMMER = re.compile("[1-9][0-9]{0,4}")
_VELDEN = (
    "id,weergavenaam,straatnaam,huisnummer,huisletter,huisnummertoevoeging,"
    "postcode,woonplaatsnaam,nummeraanduiding_id"
)
RIJEN = 50


@dataclass(frozen=True)
class Adres:
    """Eén adres bij postcode en huisnummer; `nummeraanduiding` is het BAG-id van 16 cijfers."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    plaats: str
    nummeraanduiding: str


class _Rij(Antwoordvorm):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, alias_generator=None)

    straatnaam: Annotated[str, Field(max_length=80)]
    huisnummer: Annotated[int, Field(ge=1, le=99999)]
    huisletter: Annotated[str, Field(max_length=1)] = ""
    huisnummertoevoeging: Annotated[str, Field(max_length=4)] = ""
    postcode: Annotated[str, Field(pattern="^[1-9][0-9]{3}[A-Z]{2}$")]
    woonplaatsnaam: Annotated[str, Field(max_length=80)]
    nummeraanduiding_id: Annotated[str, Field(pattern="^([0-9]{16})?$")] = ""


class _Lijst(Antwoordvorm):
    docs: Annotated[list[_Rij], Field(max_length=RIJEN)]


class _Antwoord(Antwoordvorm):
    response: _Lijst


def adressen(postcode: str, huisnummer: str) -> tuple[Adres, ...]:
    """Alle adressen met deze postcode en dit nummer, letters en toevoegingen apart.

    Leeg als de invoer geen Nederlandse postcode of huisnummer is, of als er niets is.
    Raises NietGekoppeld, Onbereikbaar, OnbruikbaarAntwoord, Geweigerd.
    """
    postcode, huisnummer = postcode.strip(), huisnummer.strip()
    if not (_POSTCODE.fullmatch(postcode) and _HUISNUMMER.fullmatch(huisnummer)):
        return ()
    gevraagd = (postcode.replace(" ", "").upper(), int(huisnummer))
    zoek: dict[str, str | int] = {
        "q": f"postcode:{gevraagd[0]} AND huisnummer:{gevraagd[1]}",
        "fq": "type:adres",
        "rows": RIJEN,
        "fl": _VELDEN,
    }
    antwoord = vraag(
        buur("pdok"),
        Vraag("GET", "/free", zoek=zoek),
        _Antwoord,
        lambda a: all((rij.postcode, rij.huisnummer) == gevraagd for rij in a.response.docs),
    )
    return tuple(_getoond(rij) for rij in antwoord.response.docs)


def _getoond(rij: _Rij) -> Adres:
    return Adres(
        straat=rij.straatnaam,
        huisnummer=rij.huisnummer,
        huisletter=rij.huisletter.upper(),
        toevoeging=rij.huisnummertoevoeging,
        postcode=rij.postcode,
        plaats=rij.woonplaatsnaam,
        nummeraanduiding=rij.nummeraanduiding_id,
    )
