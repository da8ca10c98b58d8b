"""Waarheen berichten gaan, en wat een mens ermee doet."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictStr, StringConstraints

from portal.api.vormen import In, Subject, Uit

Gebeurtenissoort = Literal[
    "klant.aangemaakt", "klant.gewijzigd", "klant.bevestigd", "klant.geclaimd",
    "klant.verwijderd", "melding.ontvangen",
]  # fmt: skip


class AbonnementIn(In):
    """Waarheen berichten gaan en waarover; zonder soorten over alles."""

    naam: Annotated[StrictStr, StringConstraints(min_length=1, max_length=100)]
    contact: Annotated[StrictStr, StringConstraints(min_length=3, max_length=254)]
    url: Annotated[StrictStr, StringConstraints(min_length=8, max_length=500)]
    soorten: list[Gebeurtenissoort] = Field(default_factory=list, max_length=20)
    subjectsoorten: list[Subject] = Field(default_factory=list, max_length=4)
    reden: Annotated[StrictStr, StringConstraints(min_length=1, max_length=200)]


class RedenIn(In):
    """Elke handeling van beheer heeft een reden."""

    reden: Annotated[StrictStr, StringConstraints(min_length=1, max_length=200)]


class AbonnementUit(Uit):
    id: UUID
    naam: str
    url: str
    soorten: list[str]
    subjectsoorten: list[str]
    status: str
    reden: str
    openstaand: int


class NieuwAbonnementUit(AbonnementUit):
    """Het geheim is alleen nu te zien; daarmee controleert u de handtekening."""

    geheim: str


class HanddrukUit(Uit):
    """Of de ontvanger onze berichten wil; `fout` zegt wat er anders was."""

    abonnement: AbonnementUit
    gelukt: bool
    fout: str
    waarschuwingen: list[str]


class AbonnementenUit(Uit):
    abonnementen: list[AbonnementUit]
