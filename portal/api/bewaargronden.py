"""Bewaargronden: een zaaksysteem zegt dat een dossier gegevens vasthoudt, en laat weer los."""

from typing import Annotated

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api.api import json_antwoord
from portal.api.fouten import Fout
from portal.api.klanten import Doel, KlantId
from portal.api.rechten import Scope
from portal.api.toegang.bewaargronden import bron_van, eis_klant, grond_van, lees_gronden
from portal.api.toegang.wie import Recht, aanroeper_van
from portal.api.voorwaarde import AlsGezien, AlsNieuw, eis_gezien, inhoud_etag
from portal.api.vormen.bewaargronden import BewaargrondenUit, BewaargrondIn, BewaargrondUit
from portal.klanten.handelingen.bewaargronden import hef_bewaargrond_op, leg_bewaargrond_vast
from portal.klanten.regels import Bewaarreden, Vasthouding

router = Router(tags=["bewaargronden"], by_alias=True)
Kenmerk = Annotated[
    str,
    Path(
        alias="kenmerk",
        pattern="^[A-Za-z0-9._~-]{1,40}$",
        description="Het nummer van het dossier in uw systeem; nooit een nummer van een persoon.",
    ),
]
LEZEN, SCHRIJVEN = Scope.BEWAARGRONDEN_LEZEN, Scope.BEWAARGRONDEN_SCHRIJVEN
VOORWAARDE = {"x-weigeringen": [409, 412, 428]}


@router.get(
    "/klanten/{uuid:klantId}/bewaargronden",
    response=BewaargrondenUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="bewaargrondenLijst",
    summary="Wat deze klant vasthoudt",
)
def lijst(request: HttpRequest, klant_id: KlantId, doel: Doel) -> HttpResponse:
    """OWN-3: alle gronden; het kenmerk alleen van de eigen."""
    return json_antwoord({"bewaargronden": lees_gronden(aanroeper_van(request), klant_id)})


@router.put(
    "/klanten/{uuid:klantId}/bewaargronden/{kenmerk}",
    response=BewaargrondUit,
    auth=Recht(SCHRIJVEN),
    operation_id="bewaargrondZetten",
    summary="Een grond zetten of bijwerken",
    openapi_extra=VOORWAARDE,
)
@transaction.atomic
def zet(
    request: HttpRequest,
    klant_id: KlantId,
    kenmerk: Kenmerk,
    grond: BewaargrondIn,
    als_gezien: AlsGezien = None,
    als_nieuw: AlsNieuw = None,
) -> HttpResponse:
    """OWN-3: zolang de grond geldt, blijft wat zij noemt bewaard, ook na verwijderen."""
    aanroeper = aanroeper_van(request)
    eis_klant(aanroeper, klant_id)
    nu = grond_van(aanroeper, klant_id, kenmerk)
    eis_gezien(request, inhoud_etag(nu) if nu else None)
    vasthouding = Vasthouding(
        kenmerk=kenmerk, reden=Bewaarreden.OPGEGEVEN, tot=grond.tot, velden=tuple(grond.velden)
    )
    leg_bewaargrond_vast(klant_id, bron=bron_van(aanroeper), grond=vasthouding, op=aanroeper.op)
    vorm = grond_van(aanroeper, klant_id, kenmerk)
    return json_antwoord(vorm, ETag=inhoud_etag(vorm))


@router.delete(
    "/klanten/{uuid:klantId}/bewaargronden/{kenmerk}",
    response={204: None},
    auth=Recht(SCHRIJVEN),
    operation_id="bewaargrondOpheffen",
    summary="Een eigen grond opheffen",
    openapi_extra=VOORWAARDE,
)
@transaction.atomic
def hef_op(
    request: HttpRequest, klant_id: KlantId, kenmerk: Kenmerk, als_gezien: AlsGezien = None
) -> HttpResponse:
    """OWN-4: wat nu niets meer vasthoudt, verdwijnt vanzelf."""
    aanroeper = aanroeper_van(request)
    eis_klant(aanroeper, klant_id)
    nu = grond_van(aanroeper, klant_id, kenmerk)
    if nu is None:
        raise Fout("not_found")
    eis_gezien(request, inhoud_etag(nu))
    hef_bewaargrond_op(klant_id, bron=bron_van(aanroeper), kenmerk=kenmerk)
    return HttpResponse(status=204)
