"""What goes in and out of the own API, as types: the OpenAPI is made from these."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictStr, StringConstraints
from pydantic.alias_generators import to_camel

BSN = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{9}$")]
KVK = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{8}$")]
VESTIGING = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{12}$")]


Interactiesoort = Literal["melding", "vraag", "verzoek", "contactmoment"]
Rol = Literal["belanghebbende", "gesprekspartner", "initiator", "mede_initiator"]
Subject = Literal["natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "buitenlands"]
Bewaarveld = Literal["naam", "email", "telefoon", "postadres", "rekeningnummer", "voorkeuren"]
Gebeurtenissoort = Literal[
    "klant.aangemaakt", "klant.gewijzigd", "klant.bevestigd", "klant.geclaimd",
    "klant.verwijderd", "melding.ontvangen",
]  # fmt: skip


class Uit(Schema):
    """An answer: camelCase names, as the API Design Rules ask."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class In(Uit):
    """A question: an unknown key is a mistake of the caller."""


class HerkomstUit(Uit):
    """Wie een waarde gaf (pseudoniem), met welk middel en niveau, wanneer en waarlangs."""

    door: str
    middel: str
    niveau: int = Field(description="Betrouwbaarheidsniveau: 25 midden, 30 substantieel, 40 hoog.")
    gegeven_op: datetime
    via: str


class MetHerkomst(Uit):
    """In het klantbeeld heeft elke waarde haar herkomst."""

    herkomst: HerkomstUit | None = None


class SubjectUit(Uit):
    """Van welke soort het subject is; de nummers alleen voor wie die mag zien."""

    soort: Subject
    burgerservicenummer: BSN | None = None
    rsin: BSN | None = None
    kvk_nummer: KVK | None = None
    vestigingsnummer: VESTIGING | None = None


class NaamUit(MetHerkomst):
    """De naam die de klant zelf koos."""

    waarde: str = Field(max_length=200)
    functie: str = Field(max_length=200)
    bedrijfsnaam: str = Field(max_length=200)


class DigitaalAdresUit(MetHerkomst):
    """Een e-mailadres of telefoonnummer in gebruik; `voorgesteld`: de klant bevestigt een nieuw."""

    id: UUID
    soort: Literal["email", "telefoon"]
    waarde: str = Field(max_length=254)
    standaard: bool
    bevestigd_op: datetime | None
    voorgesteld: bool


class PostadresUit(MetHerkomst):
    """Het voorkeurscorrespondentieadres; het registeradres blijft in de basisregistratie."""

    soort: Literal["straat", "postbus", "antwoordnummer", "buitenland"]
    straat: str
    huisnummer: int | None = Field(ge=1, le=99999)
    huisletter: str = Field(max_length=1)
    toevoeging: str = Field(max_length=4)
    postcode: str = Field(max_length=6)
    plaats: str = Field(max_length=80)
    regels: list[str] = Field(max_length=3)
    land: str = Field(description="ISO 3166-1, twee letters", max_length=2)
    tav: str = Field(max_length=200)
    geldig_vanaf: date | None
    geldig_tot: date | None = Field(description="Tot en niet met deze dag.")


class RekeningnummerUit(MetHerkomst):
    """De rekening in gebruik; `voorgesteld`: er wacht een andere."""

    iban: str = Field(max_length=34)
    bic: str = Field(max_length=11)
    tenaamstelling: str = Field(max_length=140)
    voorgesteld: bool


class VoorkeurUit(MetHerkomst):
    """De taal, of het kanaal voor één soort bericht."""

    soort: Literal["taal", "algemeen", "zaken", "betalingen", "afspraken"]
    keuze: str


class KlantUit(Uit):
    """Een gevalideerde klant; velden die het token of het doel niet mag, staan er niet in."""

    id: UUID
    klantnummer: str = Field(pattern="^[0-9]{1,8}$")
    bronorganisatie: BSN
    versie: int = Field(ge=1)
    gevalideerd: bool
    subject: SubjectUit | None
    naam: NaamUit | None = None
    digitale_adressen: list[DigitaalAdresUit] | None = None
    postadres: PostadresUit | None = None
    rekeningnummer: RekeningnummerUit | None = None
    voorkeuren: list[VoorkeurUit] | None = None


class KlantenUit(Uit):
    """Een bladzijde; `volgende` is de cursor van de volgende, of null."""

    klanten: list[KlantUit]
    volgende: str | None


class DigitaleAdressenUit(Uit):
    """De adressen van één klant."""

    digitale_adressen: list[DigitaalAdresUit]


class ZoekIn(In):
    """Precies één sleutel; bij een vestigingsnummer hoort het KvK-nummer."""

    burgerservicenummer: BSN | None = None
    rsin: BSN | None = None
    kvk_nummer: KVK | None = None
    vestigingsnummer: VESTIGING | None = None
    klantnummer: Annotated[StrictStr, StringConstraints(pattern="^[0-9]{1,8}$")] | None = None
    email: Annotated[StrictStr, StringConstraints(min_length=3, max_length=254)] | None = None
    telefoon: Annotated[StrictStr, StringConstraints(pattern=r"^\+[0-9]{7,15}$")] | None = None


class InteractieKort(Uit):
    """Eén interactie in het klantbeeld."""

    id: UUID
    soort: Interactiesoort
    rol: Rol
    proces: str
    extern: str
    ontvangen_op: datetime
    afgesloten_op: datetime | None


class KlantbeeldUit(KlantUit):
    """De klant met de herkomst van elke waarde, en de interacties die haar noemen."""

    interacties: list[InteractieKort] | None = None


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
    """Welke contactgegevens voor deze interactie gelden, na afwijking en klant (KLUIT04)."""

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


class GebeurtenisUit(Uit):
    """Wat er gebeurde en welke velden, nooit de waarden."""

    id: UUID
    soort: str
    onderwerp: UUID
    subjectsoort: str
    versie: int
    velden: list[str]
    gebeurd_op: datetime


class WijzigingenUit(Uit):
    """Een bladzijde van de feed; `volgende` is altijd een cursor om mee verder te gaan."""

    wijzigingen: list[GebeurtenisUit]
    volgende: str


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
