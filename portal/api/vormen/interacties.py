"""Een contact met de gemeente, en welke contactgegevens daarvoor gelden."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictStr, StringConstraints

from portal.api.vormen import In, Interactiesoort, Rol, Uit


class AdresIn(In):
    """Een Nederlands adres met postcode en nummer, of in het buitenland drie regels en een land."""

    soort: Literal["straat", "postbus", "antwoordnummer", "buitenland"] = "straat"
    straat: Annotated[StrictStr, StringConstraints(max_length=80)] = ""
    huisnummer: int | None = Field(None, ge=1, le=99999, strict=True)
    huisletter: Annotated[StrictStr, StringConstraints(max_length=1)] = ""
    toevoeging: Annotated[StrictStr, StringConstraints(max_length=4)] = ""
    postcode: Annotated[StrictStr, StringConstraints(max_length=7)] = ""
    plaats: Annotated[StrictStr, StringConstraints(max_length=80)] = ""
    regels: list[Annotated[StrictStr, StringConstraints(max_length=80)]] = Field(
        default_factory=list, max_length=3
    )
    land: Annotated[StrictStr, StringConstraints(pattern="^[A-Z]{2}$")] = Field(
        "NL", description="ISO 3166-1, twee letters"
    )
    tav: Annotated[StrictStr, StringConstraints(max_length=200)] = ""


class ContactIn(In):
    """Hoe iemand voor deze ene interactie heet en te bereiken is; alles mag ontbreken."""

    voornaam: Annotated[StrictStr, StringConstraints(max_length=200)] = ""
    emailadres: Annotated[StrictStr, StringConstraints(max_length=254)] = ""
    telefoonnummer: Annotated[StrictStr, StringConstraints(max_length=30)] = ""
    correspondentieadres: AdresIn | None = None
    voorkeurskanaal: Literal["", "email", "telefoon", "post", "sms", "berichtenbox"] = ""
    voorkeurstaal: Annotated[StrictStr, StringConstraints(pattern="^([a-z]{2,3})?$")] = ""


class InteractieIn(In):
    """Een melding, vraag, verzoek of contactmoment, met of zonder klant."""

    proces: Annotated[StrictStr, StringConstraints(pattern="^[-a-zA-Z0-9_]{1,40}$")]
    soort: Interactiesoort
    rol: Rol = "initiator"
    extern: Annotated[StrictStr, StringConstraints(max_length=200)] = Field(
        "", description="Het nummer of adres dat uw eigen systeem aan dit contact geeft."
    )
    klant: UUID | None = Field(None, description="Een gevalideerde klant van deze organisatie.")
    contact: ContactIn | None = None


class InteractieUit(Uit):
    """Wat er van een interactie vastligt; contactgegevens staan apart."""

    id: UUID
    referentie: str = Field(description="Waarmee iemand op dit contact kan terugkomen.")
    proces: str
    soort: Interactiesoort
    extern: str
    tekst: str | None = Field(description="Wat iemand aan het portaal vroeg of meldde.")
    ontvangen_op: datetime
    afgesloten_op: datetime | None
    klanten: list[UUID]


class InteractieZoekIn(In):
    """Tien tekens, zoals zij op een brief staan."""

    referentie: Annotated[StrictStr, StringConstraints(pattern="^[2-9BCDFGHJKMNPQRSTVWXYZ]{10}$")]


class InteractiesUit(Uit):
    """Nul of één: een referentie is uniek."""

    interacties: list[InteractieUit]


class ContactUit(Uit):
    """Welke contactgegevens voor deze interactie gelden, na afwijking en klant."""

    registeradres_vereist: bool
    voornaam: str | None = None
    emailadres: str | None = None
    telefoonnummer: str | None = None
    correspondentieadres: list[str] | None = None
    adresbron: Literal["brp", "handelsregister", "interactie", "klant"] | None = Field(
        None, description="Waar het adres vandaan komt, of vandaan moet komen."
    )
    registerbeeld: Literal["er", "niets", "nu-niet", "uit"] | None = Field(
        None,
        description="Waar het proces het registeradres eist: gelezen; niet te gebruiken; "
        "nu niet te lezen; of het portaal mag dit voor uw doel niet lezen en u leest het zelf.",
    )
    adres_in_onderzoek: bool | None = Field(
        None, description="Of het register aan dit adres twijfelt; alleen bij een registeradres."
    )
    voorkeurskanaal: str | None = None
    voorkeurstaal: str | None = None
