"""Het klantbeeld: wat een gevalideerde klant zelf gaf, met herkomst, en haar interacties."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from portal.api import vorm
from portal.api.api import met_etag
from portal.api.klanten import Doel, KlantId
from portal.api.rechten import Scope, Veld
from portal.api.toegang import klanten as deur
from portal.api.toegang.interacties import van_klant
from portal.api.toegang.wie import Recht, aanroeper_van
from portal.api.voorwaarde import Gezien, inhoud_etag
from portal.api.vormen.klanten import KlantbeeldUit

router = Router(tags=["klantbeeld"], by_alias=True)


@router.get(
    "/klanten/{uuid:klantId}/klantbeeld",
    response=KlantbeeldUit,
    auth=Recht(Scope.KLANTBEELD_LEZEN, doel=True),
    operation_id="klantbeeldLezen",
    summary="Het klantbeeld van een gevalideerde klant",
)
def lees(
    request: HttpRequest, klant_id: KlantId, doel: Doel, gezien: Gezien = None
) -> HttpResponse:
    """USE-3, USE-6: elke waarde met haar herkomst; interacties als het doel ze nodig heeft."""
    aanroeper = aanroeper_van(request)
    rij = deur.geef_een(aanroeper, klant_id, ook_eigen=False)
    beeld = vorm.klant(rij, aanroeper.velden, herkomst=True)
    if Veld.INTERACTIES in aanroeper.velden:
        beeld["interacties"] = van_klant(klant_id)
    return met_etag(request, beeld, inhoud_etag(beeld))
