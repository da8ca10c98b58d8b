"""Klanten lezen en zoeken: alleen gevalideerde, alleen met een doel, altijd met een regel."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from portal.api import cursor, vorm
from portal.api.api import json_antwoord, met_etag
from portal.api.fouten import VeldFout, ongeldig
from portal.api.rechten import Scope
from portal.api.toegang import klanten as deur
from portal.api.toegang.nummers import Soort, indexen
from portal.api.toegang.wie import Recht, aanroeper_van, eis_velden, tel_misser
from portal.api.voorwaarde import Gezien
from portal.api.vormen.klanten import DigitaleAdressenUit, KlantenUit, KlantUit, ZoekIn

router = Router(tags=["klanten"], by_alias=True)

Doel = Annotated[str, Header(alias="Doel", description="Waarvoor u dit vraagt (doelbinding).")]
KlantId = Annotated[UUID, Path(alias="klantId", description="Het nummer van de klant.")]
Cursor = Annotated[
    str | None,
    Query(
        alias="cursor",
        max_length=500,
        pattern="^[A-Za-z0-9_:.-]+$",
        description="Einde van de vorige bladzijde",
    ),
]
Grootte = Annotated[
    int, Query(alias="paginaGrootte", ge=1, le=100, description="Hoeveel er op een bladzijde komen")
]
LEZEN = Scope.KLANTEN_LEZEN
BLADZIJDE = ("cursor", "paginaGrootte")


@router.get(
    "/klanten",
    response=KlantenUit,
    auth=Recht(LEZEN, doel=True, vraagt=BLADZIJDE),
    operation_id="klantenLijst",
    summary="Alle gevalideerde klanten",
)
def lijst(
    request: HttpRequest, doel: Doel, cursor_: Cursor = None, grootte: Grootte = 20
) -> HttpResponse:
    """Bladzijde voor bladzijde, om een eigen kopie opnieuw te vullen."""
    return _bladzijde(request, "true", {}, "lijst", cursor_, grootte)


@router.post(
    "/klanten/_zoek",
    response=KlantenUit,
    auth=Recht(LEZEN, doel=True, zoekt=True, vraagt=BLADZIJDE),
    operation_id="klantenZoek",
    summary="Klanten zoeken met precies één sleutel",
)
def zoek(
    request: HttpRequest,
    doel: Doel,
    vraag: ZoekIn,
    cursor_: Cursor = None,
    grootte: Grootte = 20,
) -> HttpResponse:
    """USE-1: op nummer, e-mailadres of telefoonnummer; niets gevonden is een lege lijst.

    Op een e-mailadres of telefoonnummer zoekt alleen wie dat veld mag zien (anders 403).
    """
    aanroeper = aanroeper_van(request)
    eis_velden(aanroeper, set(vraag.model_dump(exclude_none=True)) & set(vorm.CONTACT))
    voorwaarde, waarden = _voorwaarde(vraag, aanroeper.bronorganisatie)
    return _bladzijde(request, voorwaarde, waarden, "zoek", cursor_, grootte)


@router.get(
    "/klanten/{uuid:klantId}",
    response=KlantUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="klantLezen",
    summary="Eén klant",
)
def lees(
    request: HttpRequest, klant_id: KlantId, doel: Doel, gezien: Gezien = None
) -> HttpResponse:
    """De klantgegevens die dit token voor dit doel mag zien."""
    aanroeper = aanroeper_van(request)
    antwoord = vorm.klant(deur.geef_een(aanroeper, klant_id), aanroeper.velden)
    return met_etag(request, antwoord, vorm.etag(antwoord, aanroeper.velden))


@router.get(
    "/klanten/{uuid:klantId}/digitale-adressen",
    response=DigitaleAdressenUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="digitaleAdressenLezen",
    summary="E-mailadressen en telefoonnummers van een klant",
)
def digitale_adressen(
    request: HttpRequest, klant_id: KlantId, doel: Doel, gezien: Gezien = None
) -> HttpResponse:
    """Alleen adressen in gebruik, van de soorten die dit token voor dit doel mag zien."""
    aanroeper = aanroeper_van(request)
    velden = aanroeper.velden & set(vorm.CONTACT)
    rij = deur.geef_een(aanroeper, klant_id, gegevens=velden)
    adressen = {"digitaleAdressen": vorm.digitaal(rij, velden)}
    return met_etag(request, adressen, vorm.etag(rij, velden))


def _bladzijde(
    request: HttpRequest,
    voorwaarde: str,
    waarden: dict[str, Any],
    soort: str,
    na: str | None,
    grootte: int,
) -> HttpResponse:
    """Keyset over the uuid: a row that comes in between is never skipped nor given twice."""
    aanroeper = aanroeper_van(request)
    if na:
        voorwaarde += " and k.id > %(na)s"
        waarden = {**waarden, "na": UUID(cursor.lees(soort, na)[0])}
    slot = "order by k.id limit %(grootte)s"
    rijen = deur.geef(aanroeper, voorwaarde, {**waarden, "grootte": grootte}, slot=slot)
    if soort == "zoek" and not (rijen or na):
        tel_misser(aanroeper)
    volgende = cursor.maak(soort, rijen[-1]["id"]) if len(rijen) == grootte else None
    velden = aanroeper.velden
    return json_antwoord(
        {"klanten": [vorm.klant(rij, velden) for rij in rijen], "volgende": volgende}
    )


def _voorwaarde(vraag: ZoekIn, organisatie: str) -> tuple[str, dict[str, Any]]:
    """The one key of a search as SQL of ours with its parameters; raises Fout 400."""
    gegeven = vraag.model_dump(exclude_none=True)
    kvk = gegeven.pop("kvk_nummer", None) if "vestigingsnummer" in gegeven else None
    if len(gegeven) != 1:
        raise ongeldig(VeldFout("", "invalid", "Geef precies één sleutel om op te zoeken."))
    [(sleutel, waarde)] = gegeven.items()
    match sleutel:
        case "burgerservicenummer":
            return _op_index("k.subject_index", Soort.BSN, waarde, organisatie)
        case "rsin":
            return _op_index("k.rsin_index", Soort.RSIN, waarde, organisatie)
        case "kvk_nummer":
            return _op_index("k.bedrijf_index", Soort.KVK, waarde, organisatie)
        case "vestigingsnummer":
            return _op_vestiging(waarde, kvk, organisatie)
        case "klantnummer":
            return "k.klantnummer = %(nummer)s", {"nummer": waarde}
    return OP_ADRES, {"soort": sleutel, "waarde": waarde}


OP_ADRES = """exists (
    select from klanten_digitaaladres d where d.klant_id = k.id and d.stand = 'in_gebruik'
    and d.soort = %(soort)s and lower(d.waarde) = lower(%(waarde)s))"""


def _op_index(
    kolom: str, soort: Soort, nummer: str, organisatie: str, kvk: str = ""
) -> tuple[str, dict[str, Any]]:
    gezocht = indexen(soort, nummer, organisatie=organisatie, kvk=kvk)
    return f"{kolom} = any(%(indexen)s)", {"indexen": gezocht}


def _op_vestiging(nummer: str, kvk: str | None, organisatie: str) -> tuple[str, dict[str, Any]]:
    """C8: een vestigingsnummer is alleen samen met het KvK-nummer een sleutel."""
    if kvk is None:
        raise ongeldig(VeldFout("kvkNummer", "required", "Geef ook het KvK-nummer."))
    return _op_index("k.subject_index", Soort.VESTIGING, nummer, organisatie, kvk)
