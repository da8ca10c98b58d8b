"""De klanten van de Klanten API 1.0.0: lezen, lijst met filters, zoeken."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from portal.api.api import json_antwoord
from portal.api.compat import omzetting
from portal.api.compat.filters import (
    Filters,
    Zoekvraag,
    eis_niet_persoonlijk,
    gevraagde_velden,
    voorwaarde,
)
from portal.api.compat.vormen import Klant, Klanten
from portal.api.compat.vraag import Gezien, ZgwRecht, met_inhoud_etag
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.rechten import Scope
from portal.api.toegang import klanten as deur
from portal.api.toegang.wie import aanroeper_van, eis_velden, tel_misser
from portal.klanten.regels import dag

router = Router(tags=["klanten"], by_alias=True)

PER_BLADZIJDE = 100
KlantUuid = Annotated[UUID, Path(alias="uuid", description="Het nummer van de klant.")]
Blad = Annotated[int, Query(alias="page", ge=1, le=1_000_000, description="De bladzijde.")]
FILTERS = tuple(Filters.model_fields)
LEZEN = Scope.KLANTEN_LEZEN


@router.get(
    "/klanten",
    response=Klanten,
    auth=ZgwRecht(LEZEN, doel=True, vraagt=(*FILTERS, "page")),
    operation_id="klant_list",
    summary="Alle gevalideerde klanten die bij de filters passen",
)
def lijst(request: HttpRequest, filters: Query[Filters], blad: Blad = 1) -> HttpResponse:
    """Filters met persoonsgegevens staan standaard uit: gebruik dan `_zoek`."""
    eis_niet_persoonlijk(filters)
    return _bladzijde(request, filters, blad)


@router.post(
    "/klanten/_zoek",
    response=Klanten,
    auth=ZgwRecht(LEZEN, doel=True, zoekt=True, vraagt=("page",)),
    operation_id="klant_zoek",
    summary="Zoeken zonder persoonsgegevens in het adres (uitbreiding)",
)
def zoek(request: HttpRequest, vraag: Zoekvraag, blad: Blad = 1) -> HttpResponse:
    """De filters van de lijst als JSON; minstens één."""
    if not vraag.model_dump(exclude_none=True):
        raise ongeldig(VeldFout("", "required", "Geef minstens één filter."))
    return _bladzijde(request, vraag, blad)


@router.get(
    "/klanten/{uuid:uuid}",
    response=Klant,
    auth=ZgwRecht(LEZEN, doel=True),
    operation_id="klant_read",
    summary="Eén klant",
)
def lees(request: HttpRequest, klant_uuid: KlantUuid, gezien: Gezien = None) -> HttpResponse:
    """Een gevalideerde klant, of een die dit systeem zelf vastlegde."""
    aanroeper = aanroeper_van(request)
    rij = deur.geef_een(aanroeper, klant_uuid)
    return met_inhoud_etag(request, omzetting.klant(rij, aanroeper.velden, op=aanroeper.op))


def _bladzijde(request: HttpRequest, vraag: Filters, blad: int) -> HttpResponse:
    """Order: moment of registration, then uuid; a page that is not there is 404."""
    aanroeper = aanroeper_van(request)
    eis_velden(aanroeper, gevraagde_velden(vraag))
    sql, waarden = voorwaarde(vraag, aanroeper.bronorganisatie, vandaag=dag(aanroeper.op))
    aantal = deur.aantal(aanroeper, sql, waarden)
    if blad > max(1, -(-aantal // PER_BLADZIJDE)):
        raise Fout("not_found")
    if not aantal and vraag.model_dump(exclude_none=True):
        tel_misser(aanroeper)
    slot = "order by k.gevalideerd_op, k.id limit %(per)s offset %(vanaf)s"
    grens = {"per": PER_BLADZIJDE, "vanaf": (blad - 1) * PER_BLADZIJDE}
    rijen = deur.geef(aanroeper, sql, {**waarden, **grens}, slot=slot)
    return json_antwoord(
        {
            "count": aantal,
            "next": _blad_url(request, blad + 1) if blad * PER_BLADZIJDE < aantal else None,
            "previous": _blad_url(request, blad - 1) if blad > 1 else None,
            "results": [omzetting.klant(rij, aanroeper.velden, op=aanroeper.op) for rij in rijen],
        }
    )


def _blad_url(request: HttpRequest, blad: int) -> str:
    """The same question for another page; filters that are personal are off, or in the body."""
    vraag: dict[str, Any] = {**request.GET.dict(), "page": blad}
    pad = omzetting.url_van("").removesuffix("/")
    return f"{pad}{'/_zoek' if request.method == 'POST' else ''}?{urlencode(vraag)}"
