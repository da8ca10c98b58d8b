"""The schemas of the Klanten API 1.0.0, by the names of the standard; extensions say so."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictInt, StrictStr
from pydantic.config import JsonDict

Uri = Annotated[StrictStr, Field(json_schema_extra={"format": "uri"})]
Soort = Literal["natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging"]
ALLEEN_LEZEN: JsonDict = {"readOnly": True}


class Standaard(Schema):
    """An object of the standard; keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid")


class KlantAdres(Standaard):
    straatnaam: StrictStr = Field("", max_length=100)
    huisnummer: StrictInt | None = Field(None, ge=0, le=99999)
    huisletter: StrictStr = Field("", max_length=1)
    huisnummertoevoeging: StrictStr = Field("", max_length=4)
    postcode: StrictStr = Field("", max_length=7)
    woonplaatsnaam: StrictStr = Field("", max_length=80)
    landcode: StrictStr = Field("", max_length=4)


class VerblijfsAdres(Standaard):
    aoaIdentificatie: StrictStr = Field(min_length=1, max_length=100)
    wplWoonplaatsNaam: StrictStr = Field(max_length=80)
    gorOpenbareRuimteNaam: StrictStr = Field(min_length=1, max_length=80)
    aoaPostcode: StrictStr = Field("", max_length=7)
    aoaHuisnummer: StrictInt = Field(ge=0, le=99999)
    aoaHuisletter: StrictStr = Field("", max_length=1)
    aoaHuisnummertoevoeging: StrictStr = Field("", max_length=4)
    inpLocatiebeschrijving: StrictStr = Field("", max_length=1000)


class SubVerblijfBuitenland(Standaard):
    lndLandcode: StrictStr = Field(min_length=1, max_length=4)
    lndLandnaam: StrictStr = Field(min_length=1, max_length=40)
    subAdresBuitenland1: StrictStr = Field("", max_length=35)
    subAdresBuitenland2: StrictStr = Field("", max_length=35)
    subAdresBuitenland3: StrictStr = Field("", max_length=35)


class Geslacht(StrEnum):
    M = "m"
    V = "v"
    O = "o"  # noqa: E741 - the standard's code


class NatuurlijkPersoon(Standaard):
    """Alleen `inpBsn` of `anpIdentificatie` wordt gevuld: registergegevens kopiëren wij niet."""

    inpBsn: StrictStr | None = Field(None, max_length=9)
    anpIdentificatie: StrictStr | None = Field(None, max_length=17)
    inpANummer: StrictStr | None = Field(None, max_length=10, pattern="^[1-9][0-9]{9}$")
    geslachtsnaam: StrictStr | None = Field(None, max_length=200)
    voorvoegselGeslachtsnaam: StrictStr | None = Field(None, max_length=80)
    voorletters: StrictStr | None = Field(None, max_length=20)
    voornamen: StrictStr | None = Field(None, max_length=200)
    geslachtsaanduiding: Geslacht | None = None
    geboortedatum: StrictStr | None = Field(None, max_length=18)
    verblijfsadres: VerblijfsAdres | None = None
    subVerblijfBuitenland: SubVerblijfBuitenland | None = None


class Rechtsvorm(StrEnum):
    BV = "besloten_vennootschap"
    CESB = "cooperatie_europees_economische_samenwerking"
    ECV = "europese_cooperatieve_venootschap"
    ENV = "europese_naamloze_vennootschap"
    KERK = "kerkelijke_organisatie"
    NV = "naamloze_vennootschap"
    OWM = "onderlinge_waarborg_maatschappij"
    OVERIG = "overig_privaatrechtelijke_rechtspersoon"
    STICHTING = "stichting"
    VERENIGING = "vereniging"
    VVE = "vereniging_van_eigenaars"
    PUBLIEK = "publiekrechtelijke_rechtspersoon"
    VOF = "vennootschap_onder_firma"
    MAATSCHAP = "maatschap"
    REDERIJ = "rederij"
    CV = "commanditaire_vennootschap"
    BINNEN_EER = "kapitaalvennootschap_binnen_eer"
    BUITENLAND = "overige_buitenlandse_rechtspersoon_vennootschap"
    BUITEN_EER = "kapitaalvennootschap_buiten_eer"


class NietNatuurlijkPersoon(Standaard):
    """`innNnpId` is altijd een RSIN; `kvkNummer` is onze uitbreiding (C7)."""

    innNnpId: StrictStr | None = Field(None, max_length=9)
    annIdentificatie: StrictStr | None = Field(None, max_length=17)
    statutaireNaam: StrictStr | None = Field(None, max_length=500)
    innRechtsvorm: Rechtsvorm | None = None
    bezoekadres: StrictStr | None = Field(None, max_length=1000)
    subVerblijfBuitenland: SubVerblijfBuitenland | None = None
    kvkNummer: StrictStr | None = Field(None, pattern="^([0-9]{8})?$")


class Vestiging(Standaard):
    """Een vestigingsnummer is alleen samen met `kvkNummer` een sleutel (C8)."""

    vestigingsNummer: StrictStr | None = Field(None, max_length=12)
    handelsnaam: list[Annotated[StrictStr, Field(max_length=625)]] | None = None
    verblijfsadres: VerblijfsAdres | None = None
    subVerblijfBuitenland: SubVerblijfBuitenland | None = None
    kvkNummer: StrictStr | None = Field(None, pattern="^([0-9]{8})?$")


class Rekeningnummer(Standaard):
    iban: StrictStr = Field(max_length=34)
    bic: StrictStr | None = Field(None, min_length=8, max_length=11)


class BinnenlandsAdres(Standaard):
    type: Literal["binnenlands_adres"]
    huisnummer: StrictInt = Field(ge=1, le=99999)
    huisletter: StrictStr | None = Field(None, pattern="^[a-zA-Z]{1}$")
    huisnummertoevoeging: StrictStr | None = Field(None, pattern=r"^[a-zA-Z0-9 \-]{1,4}$")
    naamOpenbareRuimte: StrictStr = Field(min_length=1, max_length=80)
    straatnaam: StrictStr | None = Field(None, min_length=1, max_length=24)
    postcode: StrictStr | None = Field(None, pattern="^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$")
    woonplaats: StrictStr = Field(max_length=80)
    locatiebeschrijving: StrictStr | None = Field(None, min_length=1, max_length=1000)


class Postadres(Standaard):
    type: Literal["postadres"]
    postcode: StrictStr = Field(pattern="^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$")
    postadrestype: Literal["postbusnummer", "antwoordnummer"]
    nummer: StrictInt = Field(ge=1, le=99999)
    woonplaats: StrictStr = Field(max_length=80)


class BuitenlandsAdres(Standaard):
    type: Literal["buitenlands_adres"]
    regel1: StrictStr | None = Field(None, min_length=1, max_length=80)
    regel2: StrictStr | None = Field(None, min_length=1, max_length=80)
    regel3: StrictStr | None = Field(None, min_length=1, max_length=80)
    landcode: StrictStr = Field(max_length=4)
    landnaam: StrictStr = Field(min_length=1, max_length=40)


class KlantVelden(Standaard):
    """What a client may send; `klantnummer` and `websiteUrl` are optional here (C6)."""

    bedrijfsnaam: StrictStr = Field("", max_length=200)
    functie: StrictStr = Field("", max_length=200)
    voornaam: StrictStr = Field("", max_length=200)
    voorvoegselAchternaam: StrictStr = Field("", max_length=10)
    achternaam: StrictStr = Field("", max_length=200)
    telefoonnummer: StrictStr = Field("", max_length=20)
    emailadres: StrictStr = Field("", max_length=254)
    voorkeurskanaal: StrictStr = Field("", max_length=50)
    voorkeurstaal: StrictStr = Field("", max_length=3)
    adres: KlantAdres | None = None
    subject: StrictStr = Field("", max_length=1000)
    subjectType: Soort | None = None
    subjectIdentificatie: NatuurlijkPersoon | NietNatuurlijkPersoon | Vestiging | None = None
    rekeningnummer: Rekeningnummer | None = None
    correspondentieadres: BinnenlandsAdres | Postadres | BuitenlandsAdres | None = None


class KlantIn(KlantVelden):
    bronorganisatie: StrictStr = Field(min_length=1, max_length=9)
    klantnummer: StrictStr | None = Field(None, min_length=1, max_length=8)
    websiteUrl: StrictStr = Field("", max_length=1000)


class KlantPatch(KlantVelden):
    bronorganisatie: StrictStr | None = Field(None, min_length=1, max_length=9)
    klantnummer: StrictStr | None = Field(None, min_length=1, max_length=8)
    websiteUrl: StrictStr = Field("", max_length=1000)


class Klant(KlantVelden):
    """Een klant; wat het token of het doel niet mag zien, staat er niet in."""

    url: Uri = Field(min_length=1, max_length=1000, json_schema_extra=ALLEEN_LEZEN)
    bronorganisatie: StrictStr = Field(min_length=1, max_length=9)
    klantnummer: StrictStr = Field(min_length=1, max_length=8)
    websiteUrl: StrictStr = Field(max_length=1000)
    gevalideerd: bool = Field(json_schema_extra=ALLEEN_LEZEN)


class Klanten(Standaard):
    count: int
    next: Uri | None
    previous: Uri | None
    results: list[Klant]


class Bron(StrEnum):
    AC = "ac"
    NRC = "nrc"
    ZRC = "zrc"
    ZTC = "ztc"
    DRC = "drc"
    BRC = "brc"
    CMC = "cmc"
    KC = "kc"


class Wijzigingen(Standaard):
    oud: dict[str, str] | None = None
    nieuw: dict[str, str] | None = None


class AuditTrail(Standaard):
    uuid: UUID
    bron: Bron
    applicatieId: StrictStr = Field("", max_length=100)
    applicatieWeergave: StrictStr = Field("", max_length=200)
    gebruikersId: StrictStr = Field("", max_length=255)
    gebruikersWeergave: StrictStr = Field("", max_length=255)
    actie: StrictStr = Field(min_length=1, max_length=50)
    actieWeergave: StrictStr = Field("", max_length=200)
    resultaat: int = Field(ge=100, le=599)
    hoofdObject: Uri = Field(min_length=1, max_length=1000)
    resource: StrictStr = Field(min_length=1, max_length=50)
    resourceUrl: Uri = Field(min_length=1, max_length=1000)
    toelichting: StrictStr = ""
    resourceWeergave: StrictStr = Field(min_length=1, max_length=200)
    aanmaakdatum: datetime = Field(json_schema_extra=ALLEEN_LEZEN)
    wijzigingen: Wijzigingen
