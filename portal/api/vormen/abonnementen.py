"""Waarheen berichten gaan, en wat een mens ermee doet."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StrictStr, StringConstraints

from portal.api.vormen import KOPWAARDE, In, Subject, Uit
from portal.webhooks.models.abonnement import LANGSTE_WACHTTIJD

Gebeurtenissoort = Literal[
    "klant.aangemaakt", "klant.gewijzigd", "klant.bevestigd", "klant.geclaimd",
    "klant.verwijderd", "melding.ontvangen",
]  # fmt: skip
Naam = Annotated[StrictStr, StringConstraints(min_length=1, max_length=100)]
Contact = Annotated[StrictStr, StringConstraints(min_length=3, max_length=254)]
Adres = Annotated[StrictStr, StringConstraints(min_length=8, max_length=500)]
Reden = Annotated[StrictStr, StringConstraints(min_length=1, max_length=200)]
Soorten = Annotated[
    list[Gebeurtenissoort], Field(max_length=20, description="Leeg: alle soorten gebeurtenissen.")
]
Subjectsoorten = Annotated[
    list[Subject], Field(max_length=4, description="Leeg: alle soorten klanten.")
]
Geheim = Annotated[StrictStr, StringConstraints(min_length=1, max_length=1000)]
Pem = Annotated[StrictStr, StringConstraints(min_length=1, max_length=20_000)]
EigenCa = Annotated[
    StrictStr, Field(max_length=20_000, description="Uitgevers van uw server (PEM); leeg: gewone.")
]
Gelijktijdig = Annotated[
    StrictInt, Field(ge=1, le=20, description="Berichten tegelijk, van verschillende klanten.")
]
PerMinuut = Annotated[
    Annotated[StrictInt, Field(ge=1, le=100_000)] | None,
    Field(description="Hooguit zoveel berichten per minuut; null: geen grens."),
]
Wachttijd = Annotated[
    StrictInt, Field(ge=1, le=LANGSTE_WACHTTIJD, description="Seconden voor een heel bericht.")
]


class GeenInlog(In):
    """Alleen de handtekening."""

    wijze: Literal["geen"]


class BearerInlog(In):
    """Een vaste kop `Authorization`, helemaal."""

    wijze: Literal["bearer"]
    kop: Annotated[StrictStr, StringConstraints(max_length=4000, pattern=KOPWAARDE)]


class OAuth2Inlog(In):
    """OAuth 2.0 client credentials."""

    wijze: Literal["oauth2"]
    token_url: Adres
    client_id: Geheim
    client_secret: Geheim
    scope: Geheim = Field(default_factory=str)


class MtlsInlog(In):
    """Een clientcertificaat met zijn sleutel, beide in PEM."""

    wijze: Literal["mtls"]
    certificaat: Pem
    sleutel: Pem


class ZgwInlog(In):
    """Een JWT voor een Notificaties API."""

    wijze: Literal["zgw"]
    client_id: Geheim
    geheim: Geheim


Inlog = Annotated[
    GeenInlog | BearerInlog | OAuth2Inlog | MtlsInlog | ZgwInlog,
    Field(discriminator="wijze", description="Hoe wij bij u inloggen; komt in geen antwoord."),
]


class AbonnementIn(In):
    """Waarheen berichten gaan en waarover; zonder soorten over alles."""

    naam: Naam
    contact: Contact
    url: Adres
    soorten: Soorten = Field(default_factory=list)
    subjectsoorten: Subjectsoorten = Field(default_factory=list)
    vorm: Literal["cloudevents", "vng"] = "cloudevents"
    inlog: Inlog = Field(default_factory=lambda: GeenInlog(wijze="geen"))
    eigen_ca: EigenCa = ""
    gelijktijdig: Gelijktijdig = 10
    per_minuut: PerMinuut = None
    wachttijd: Wachttijd = LANGSTE_WACHTTIJD
    reden: Reden


class AbonnementPatch(In):
    """Wat in de body staat verandert; de rest blijft, ook de inloggegevens."""

    naam: Naam = Field(default_factory=str)
    contact: Contact = Field(default_factory=str)
    url: Adres = Field(default_factory=str)
    soorten: Soorten = Field(default_factory=list)
    subjectsoorten: Subjectsoorten = Field(default_factory=list)
    inlog: Inlog = Field(default_factory=lambda: GeenInlog(wijze="geen"))
    eigen_ca: EigenCa = Field(default_factory=str)
    gelijktijdig: Gelijktijdig = Field(default_factory=int)
    per_minuut: PerMinuut = Field(default_factory=lambda: None)
    wachttijd: Wachttijd = Field(default_factory=int)
    reden: Reden


class RedenIn(In):
    """Elke handeling van beheer heeft een reden."""

    reden: Reden


class AbonnementUit(Uit):
    """Alles behalve wat geheim is: van het inloggen alleen de wijze."""

    id: UUID
    naam: str
    contact: str
    url: str
    soorten: list[str]
    subjectsoorten: list[str]
    vorm: str
    inlogwijze: str
    eigen_ca: str
    gelijktijdig: int
    per_minuut: int | None
    wachttijd: int
    informatierijk: bool
    doel: str
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
