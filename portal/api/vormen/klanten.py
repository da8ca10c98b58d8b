"""Een klant, haar klantbeeld, en waarmee zij te vinden is."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictStr, StringConstraints

from portal.api.vormen import BSN, KVK, VESTIGING, In, Interactiesoort, Rol, Subject, Uit


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
