"""Meldingen dat een basisregistratie niet klopt: lezen, en de status terug naar de melder."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api import cursor
from portal.api.api import json_antwoord, met_etag
from portal.api.klanten import BLADZIJDE, Cursor, Doel, Grootte
from portal.api.rechten import Scope
from portal.api.toegang.terugmeldingen import een, lopende, stand_van
from portal.api.toegang.wie import Recht, aanroeper_van
from portal.api.voorwaarde import AlsGezien, Gezien, eis_gezien, inhoud_etag
from portal.api.vormen.terugmeldingen import TerugmeldingenUit, TerugmeldingIn, TerugmeldingUit
from portal.klanten.handelingen import zet_terugmeldstatus
from portal.klanten.regels import Terugmeldstatus

router = Router(tags=["terugmeldingen"], by_alias=True)
Nummer = Annotated[
    UUID,
    Path(alias="terugmeldingId", description="Het nummer uit het bericht `melding.ontvangen`."),
]
LEZEN, SCHRIJVEN = Scope.TERUGMELDINGEN_LEZEN, Scope.TERUGMELDINGEN_SCHRIJVEN
SOORT = "terugmeldingen"


@router.get(
    "/terugmeldingen",
    response=TerugmeldingenUit,
    auth=Recht(LEZEN, doel=True, vraagt=BLADZIJDE),
    operation_id="terugmeldingenLijst",
    summary="Meldingen die nog lopen",
)
def lijst(
    request: HttpRequest, doel: Doel, cursor_: Cursor = None, grootte: Grootte = 20
) -> HttpResponse:
    """REG-2: wat mensen meldden over een basisregistratie; een register verandert er niet door."""
    na = UUID(cursor.lees(SOORT, cursor_)[0]) if cursor_ else None
    vormen = lopende(aanroeper_van(request), na=na, hooguit=grootte)
    volgende = cursor.maak(SOORT, vormen[-1]["id"]) if len(vormen) == grootte else None
    return json_antwoord({"terugmeldingen": vormen, "volgende": volgende})


@router.get(
    "/terugmeldingen/{uuid:terugmeldingId}",
    response=TerugmeldingUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="terugmeldingLezen",
    summary="Eén melding",
)
def lees(request: HttpRequest, nummer: Nummer, doel: Doel, gezien: Gezien = None) -> HttpResponse:
    """Ook als zij al is afgerond, tot een jaar daarna."""
    vorm = een(aanroeper_van(request), nummer)
    return met_etag(request, vorm, inhoud_etag(vorm))


@router.patch(
    "/terugmeldingen/{uuid:terugmeldingId}",
    response=TerugmeldingUit,
    auth=Recht(SCHRIJVEN, doel=True),
    operation_id="terugmeldingBijwerken",
    summary="De status van het onderzoek zetten",
    openapi_extra={"x-weigeringen": [409, 412, 428]},
)
@transaction.atomic
def werk_bij(
    request: HttpRequest,
    nummer: Nummer,
    doel: Doel,
    vraag: TerugmeldingIn,
    als_gezien: AlsGezien = None,
) -> HttpResponse:
    """REG-2: de melder ziet de status in het portaal; afgerond blijft afgerond."""
    aanroeper = aanroeper_van(request)
    eis_gezien(request, inhoud_etag(stand_van(aanroeper, nummer)))
    zet_terugmeldstatus(nummer, status=Terugmeldstatus(vraag.status), op=aanroeper.op)
    vorm = een(aanroeper, nummer)
    return json_antwoord(vorm, ETag=inhoud_etag(vorm))
