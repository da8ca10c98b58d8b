"""Wat mensen melden over een basisregistratie, en hoe ver het onderzoek is."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from portal.api.vormen import In, Uit
from portal.api.vormen.klanten import SubjectUit

Terugmeldstatus = Literal["ontvangen", "in_onderzoek", "afgerond"]


class TerugmeldingUit(Uit):
    """Iemand meldt dat een basisregistratie niet klopt; de betwijfelde waarde staat alleen daar."""

    id: UUID
    referentie: str = Field(description="Waarmee de melder op deze melding kan terugkomen.")
    registratie: Literal["brp", "hr"] = Field(description="BRP of Handelsregister.")
    gegeven: str = Field(description="Welk gegeven niet klopt, bijvoorbeeld `adres`.")
    status: Terugmeldstatus
    gemeld_op: datetime
    status_op: datetime
    toelichting: str | None = None
    voorstel: str | None = None
    contact: str | None = None
    subject: SubjectUit | None = Field(
        None, description="Over wie; alleen van wie in het portaal een klant is."
    )


class TerugmeldingenUit(Uit):
    """Een bladzijde meldingen die nog lopen; `volgende` is de cursor van de volgende, of null."""

    terugmeldingen: list[TerugmeldingUit]
    volgende: str | None


class TerugmeldingIn(In):
    """Hoe ver het onderzoek is; de melder leest het in het portaal."""

    status: Literal["in_onderzoek", "afgerond"]
