"""Contactmomenten 1.1 en Verzoeken 1.0-beta: dezelfde gang, andere woorden.

`CONTACTMOMENTEN` and `VERZOEKEN` say where they differ; the rest of the package knows no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from portal.klanten.regels import Interactiesoort, Rol
from portal.registers.verbinding import Antwoordvorm

_Url = Annotated[str, Field(min_length=1, max_length=1000)]


@dataclass(frozen=True)
class Taal:
    """How one of the two APIs speaks; `ding` is also the name of the field in a link."""

    buur: str
    ding: str
    soorten: frozenset[Interactiesoort]
    rollen: Mapping[Rol, str]
    overruled: tuple[str, ...]

    @property
    def pad(self) -> str:
        """Where the things themselves are."""
        return f"/{self.buur}"

    @property
    def koppelpad(self) -> str:
        """Where their links to klanten are."""
        return f"/klant{self.buur}"


CONTACTMOMENTEN = Taal(
    buur="contactmomenten",
    ding="contactmoment",
    soorten=frozenset({Interactiesoort.CONTACTMOMENT, Interactiesoort.VRAAG}),
    rollen={
        Rol.BELANGHEBBENDE: "belanghebbende",
        Rol.MEDE_INITIATOR: "belanghebbende",
        Rol.GESPREKSPARTNER: "gesprekspartner",
        Rol.INITIATOR: "gesprekspartner",
    },
    overruled=("voorkeurskanaal", "voorkeurstaal"),
)
VERZOEKEN = Taal(
    buur="verzoeken",
    ding="verzoek",
    soorten=frozenset({Interactiesoort.VERZOEK, Interactiesoort.MELDING}),
    rollen={
        Rol.BELANGHEBBENDE: "belanghebbende",
        Rol.GESPREKSPARTNER: "belanghebbende",
        Rol.INITIATOR: "initiator",
        Rol.MEDE_INITIATOR: "mede_initiator",
    },
    overruled=("voorkeurskanaal",),
)
TALEN = (CONTACTMOMENTEN, VERZOEKEN)


class Tekst(Antwoordvorm):
    inhoud: Annotated[str, Field(max_length=10_000)] = ""


class Ding(Antwoordvorm):
    """A contactmoment or a verzoek, as far as we read it."""

    url: _Url
    bronorganisatie: str
    identificatie: Annotated[str, Field(max_length=40)] = ""
    externe_identificatie: Annotated[str, Field(max_length=40)] = ""
    registratiedatum: Annotated[str, Field(max_length=40)] = ""
    kanaal: Annotated[str, Field(max_length=50)] = ""
    voorkeurskanaal: Annotated[str, Field(max_length=50)] = ""
    voorkeurstaal: Annotated[str, Field(max_length=3)] = ""
    status: Annotated[str, Field(max_length=40)] = ""
    initiatiefnemer: Annotated[str, Field(max_length=20)] = ""
    tekst: Tekst | str | None = None

    @property
    def inhoud(self) -> str:
        """Return the text: 1.0 has a plain one, 1.1 an object."""
        return self.tekst.inhoud if isinstance(self.tekst, Tekst) else (self.tekst or "")


class Dingen(Antwoordvorm):
    results: list[Ding]


class Link(Antwoordvorm):
    """A link between a thing and a klant; one of the two fields is filled."""

    url: _Url
    klant: _Url
    contactmoment: str = ""
    verzoek: str = ""
    rol: str = ""

    @property
    def ding(self) -> str:
        """Return the address of the thing."""
        return self.contactmoment or self.verzoek


class Links(Antwoordvorm):
    volgende: Annotated[str | None, Field(alias="next")] = None
    results: list[Link]
