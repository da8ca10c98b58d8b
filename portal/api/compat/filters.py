"""De filters van `GET /klanten`, en dezelfde als sleutels van `_zoek`: exact, samen genomen."""

from datetime import date
from typing import Any, Literal

from django.conf import settings
from pydantic import Field, StrictStr

from portal.api.compat.omzetting import landen
from portal.api.compat.vormen import Standaard
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.rechten import Veld
from portal.api.toegang.nummers import Soort, indexen

Voorwaarde = tuple[str, dict[str, Any]]

ADRES = """exists (select from klanten_digitaaladres d where d.klant_id = k.id and d.standaard
    and d.soort = %(soort_{n})s and lower(d.waarde) = lower(%(w_{n})s) and d.waarde = %(w_{n})s)"""
NAAM = "exists (select from klanten_naam n where n.klant_id = k.id and n.{kolom} = %(w_{n})s)"
POST = """exists (select from klanten_postadres p where p.klant_id = k.id and p.{kolom} {is}
    and (p.geldig_vanaf is null or p.geldig_vanaf <= %(vandaag)s)
    and (p.geldig_tot is null or p.geldig_tot > %(vandaag)s))"""
POST_IS = POST.replace("{is}", "= %(w_{n})s")
NIEMAND = "false"


class Filters(Standaard):
    """Alle filters van de standaard; wat persoonlijk is, hoort in `_zoek`."""

    bronorganisatie: StrictStr | None = Field(None, max_length=200)
    klantnummer: StrictStr | None = Field(None, max_length=200)
    bedrijfsnaam: StrictStr | None = Field(None, max_length=200)
    functie: StrictStr | None = Field(None, max_length=200)
    achternaam: StrictStr | None = Field(None, max_length=200)
    telefoonnummer: StrictStr | None = Field(None, max_length=200)
    emailadres: StrictStr | None = Field(None, max_length=254)
    adres__straatnaam: StrictStr | None = Field(None, max_length=200)
    adres__postcode: StrictStr | None = Field(None, max_length=200)
    adres__woonplaatsNaam: StrictStr | None = Field(None, max_length=200)
    adres__landcode: StrictStr | None = Field(None, max_length=200)
    subject: StrictStr | None = Field(None, max_length=1000, json_schema_extra={"format": "uri"})
    subjectType: Literal["natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging"] | None = None
    subjectNatuurlijkPersoon__inpBsn: StrictStr | None = Field(None, max_length=200)
    subjectNatuurlijkPersoon__anpIdentificatie: StrictStr | None = Field(None, max_length=200)
    subjectNatuurlijkPersoon__inpA_nummer: StrictStr | None = Field(None, max_length=200)
    subjectNietNatuurlijkPersoon__innNnpId: StrictStr | None = Field(None, max_length=200)
    subjectNietNatuurlijkPersoon__annIdentificatie: StrictStr | None = Field(None, max_length=200)
    subjectVestiging__vestigingsNummer: StrictStr | None = Field(None, max_length=200)


class Zoekvraag(Filters):
    """De filters als JSON, met onze uitbreiding voor een bedrijf."""

    kvkNummer: StrictStr | None = Field(None, pattern="^[0-9]{8}$")


PERSOONLIJK = frozenset({
    "achternaam", "telefoonnummer", "emailadres", "adres__straatnaam", "adres__postcode",
    "adres__woonplaatsNaam", "adres__landcode", "subjectNatuurlijkPersoon__inpBsn",
    "subjectNatuurlijkPersoon__anpIdentificatie", "subjectNatuurlijkPersoon__inpA_nummer",
})  # fmt: skip


VELD_BIJ: dict[str, Veld] = {
    "bedrijfsnaam": Veld.NAAM,
    "functie": Veld.NAAM,
    "achternaam": Veld.NAAM,
    "telefoonnummer": Veld.TELEFOON,
    "emailadres": Veld.EMAIL,
    "adres__straatnaam": Veld.POSTADRES,
    "adres__postcode": Veld.POSTADRES,
    "adres__woonplaatsNaam": Veld.POSTADRES,
    "adres__landcode": Veld.POSTADRES,
}
"""Welk veld een filter zou bevestigen; een nummer brengt de vrager zelf mee (USE-1)."""


def eis_niet_persoonlijk(filters: Filters) -> None:
    """C5: persoonsgegevens horen niet in een adres; raises Fout 400 `gebruik-zoek`."""
    gegeven = set(filters.model_dump(exclude_none=True))
    if gegeven & PERSOONLIJK and not settings.API_FILTERS_IN_URL:
        raise Fout("gebruik-zoek", "Gebruik POST /klanten/_zoek met deze filters als JSON.")


def gevraagde_velden(vraag: Filters) -> set[Veld]:
    """De velden die iemand moet mogen zien om zo te filteren."""
    return {VELD_BIJ[naam] for naam in vraag.model_dump(exclude_none=True) if naam in VELD_BIJ}


def voorwaarde(vraag: Filters, organisatie: str, *, vandaag: date) -> Voorwaarde:
    """Alle gegeven filters samen, als SQL van ons met de waarden als parameters.

    An address is found on the days that it counts, as it is given on those days only.
    """
    gegeven = vraag.model_dump(exclude_none=True)
    kvk = gegeven.pop("kvkNummer", "")
    if kvk and "subjectVestiging__vestigingsNummer" not in gegeven:
        gegeven["kvk"] = kvk
    delen: list[str] = ["true"]
    waarden: dict[str, Any] = {"vandaag": vandaag}
    for n, (naam, waarde) in enumerate(gegeven.items()):
        deel, erbij = _deel(naam, str(waarde), n, organisatie, kvk)
        delen.append(deel)
        waarden |= erbij
    return " and ".join(delen), waarden


KOLOM = {
    "bronorganisatie": "k.bronorganisatie = %(w_{n})s",
    "klantnummer": "k.klantnummer = %(w_{n})s",
    "bedrijfsnaam": NAAM.replace("{kolom}", "bedrijfsnaam"),
    "functie": NAAM.replace("{kolom}", "functie"),
    "adres__straatnaam": POST_IS.replace("{kolom}", "straat"),
    "adres__postcode": POST_IS.replace("{kolom}", "postcode"),
    "adres__woonplaatsNaam": POST_IS.replace("{kolom}", "plaats"),
    "achternaam": NIEMAND,
    "subject": NIEMAND,
    "subjectNatuurlijkPersoon__inpA_nummer": NIEMAND,
    "subjectNatuurlijkPersoon__anpIdentificatie": (
        "k.subjectsoort = 'buitenlands' and k.persoon and k.klantnummer = %(w_{n})s"
    ),
    "subjectNietNatuurlijkPersoon__annIdentificatie": (
        "k.subjectsoort = 'buitenlands' and not k.persoon and k.klantnummer = %(w_{n})s"
    ),
    "subjectType": """case when k.subjectsoort <> 'buitenlands' then k.subjectsoort
        when k.persoon then 'natuurlijk_persoon' else 'niet_natuurlijk_persoon' end = %(w_{n})s""",
}
"""Wat wij niet bewaren (achternaam apart, een subject-URL, A-nummers) vindt niemand."""


def _deel(naam: str, waarde: str, n: int, organisatie: str, kvk: str) -> Voorwaarde:
    if sql := KOLOM.get(naam):
        return sql.replace("{n}", str(n)), {f"w_{n}": waarde}
    match naam:
        case "telefoonnummer" | "emailadres":
            soort = "telefoon" if naam == "telefoonnummer" else "email"
            return ADRES.replace("{n}", str(n)), {f"soort_{n}": soort, f"w_{n}": waarde}
        case "adres__landcode":
            return _op_land(waarde, n)
        case "subjectVestiging__vestigingsNummer":
            return _op_vestiging(waarde, n, organisatie, kvk)
        case "subjectNatuurlijkPersoon__inpBsn":
            return _op_index("k.subject_index", Soort.BSN, waarde, n, organisatie)
        case "subjectNietNatuurlijkPersoon__innNnpId" if len(waarde) == 9:
            return _op_index("k.rsin_index", Soort.RSIN, waarde, n, organisatie)
    return _op_index("k.bedrijf_index", Soort.KVK, waarde, n, organisatie)


def _op_index(kolom: str, soort: Soort, nummer: str, n: int, organisatie: str) -> Voorwaarde:
    """A number that cannot exist is refused under the name that the client used."""
    try:
        gezocht = indexen(soort, nummer, organisatie=organisatie)
    except Fout:
        raise ongeldig(VeldFout("nonFieldErrors", "invalid", "Dit nummer bestaat niet.")) from None
    return f"{kolom} = any(%(w_{n})s)", {f"w_{n}": gezocht}


def _op_vestiging(nummer: str, n: int, organisatie: str, kvk: str) -> Voorwaarde:
    """C8: zonder KvK-nummer is een vestiging bij ons niet aan te wijzen."""
    if not kvk:
        raise ongeldig(VeldFout("kvkNummer", "required", "Zoek een vestiging met haar KvK-nummer."))
    gezocht = indexen(Soort.VESTIGING, nummer, organisatie=organisatie, kvk=kvk)
    return f"k.subject_index = any(%(w_{n})s)", {f"w_{n}": gezocht}


def _op_land(code: str, n: int) -> Voorwaarde:
    isos = [iso for iso, (brp, _) in landen().items() if brp == code]
    sql = POST.replace("{kolom}", "landcode").replace("{is}", f"= any(%(w_{n})s)")
    return sql, {f"w_{n}": isos}
