"""Waarom een dossier gegevens vasthoudt."""

from datetime import date
from typing import Literal

from pydantic import Field

from portal.api.vormen import In, Uit

Bewaarveld = Literal["naam", "email", "telefoon", "postadres", "rekeningnummer", "voorkeuren"]


class BewaargrondIn(In):
    """Waarom een dossier gegevens vasthoudt, en tot wanneer; zonder velden de hele klant."""

    tot: date | None = Field(description="De eerste dag zonder grond, of null als die onbekend is.")
    velden: list[Bewaarveld] = Field(default_factory=list, max_length=10)


class BewaargrondUit(Uit):
    kenmerk: str
    reden: str
    tot: date | None
    velden: list[str]
    eigen: bool = Field(description="Of uw systeem haar opgaf; alleen die kunt u wijzigen.")


class BewaargrondenUit(Uit):
    bewaargronden: list[BewaargrondUit]
