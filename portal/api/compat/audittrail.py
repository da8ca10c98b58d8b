"""De audittrail van de standaard, gemaakt uit de Gebeurtenissen van de klant."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api.api import json_antwoord
from portal.api.compat.omzetting import url_van
from portal.api.compat.vormen import AuditTrail
from portal.api.compat.vraag import Gezien, ZgwRecht, met_inhoud_etag
from portal.api.fouten import Fout
from portal.api.rechten import Scope
from portal.api.toegang import klanten as deur
from portal.api.toegang.geschiedenis import Gebeurtenis, Waarde, spoor_van, waarden_bij
from portal.api.toegang.wie import aanroeper_van
from portal.klanten import regels

router = Router(tags=["klanten"], by_alias=True)
KlantUuid = Annotated[UUID, Path(alias="klant_uuid", description="Het nummer van de klant.")]
RegelUuid = Annotated[UUID, Path(alias="uuid", description="Het nummer van de regel.")]
DOOR = {
    regels.VAN_SYSTEEM: "systeem van de gemeente",
    regels.VANZELF: "vanzelf",
    regels.OVERGENOMEN: "overgenomen",
}
LEZEN = Scope.AUDITTRAILS_LEZEN


@router.get(
    "/klanten/{uuid:klant_uuid}/audittrail",
    response=list[AuditTrail],
    auth=ZgwRecht(LEZEN, doel=True),
    operation_id="audittrail_list",
    summary="Het spoor van een klant",
)
def lijst(request: HttpRequest, klant_uuid: KlantUuid) -> HttpResponse:
    """Alle regels, oudste eerst; waarden alleen van velden die dit token mag zien."""
    return json_antwoord(_spoor(request, klant_uuid))


@router.get(
    "/klanten/{uuid:klant_uuid}/audittrail/{uuid:uuid}",
    response=AuditTrail,
    auth=ZgwRecht(LEZEN, doel=True),
    operation_id="audittrail_read",
    summary="Eén regel uit het spoor van een klant",
)
def lees(
    request: HttpRequest, klant_uuid: KlantUuid, regel_uuid: RegelUuid, gezien: Gezien = None
) -> HttpResponse:
    """Wat er toen gebeurde, met dezelfde velden als in het hele spoor."""
    for regel in _spoor(request, klant_uuid):
        if regel["uuid"] == str(regel_uuid):
            return met_inhoud_etag(request, regel)
    raise Fout("not_found")


def _spoor(request: HttpRequest, klant_uuid: UUID) -> list[dict[str, Any]]:
    aanroeper = aanroeper_van(request)
    rij = deur.geef_een(aanroeper, klant_uuid)
    gebeurtenissen = spoor_van(aanroeper, klant_uuid)
    waarden = waarden_bij(gebeurtenissen)
    weergave = f"{rij['bronorganisatie']} - {rij['klantnummer']}"
    return [_regel(g, waarden.get(g.pk, []), weergave, aanroeper.velden) for g in gebeurtenissen]


def _regel(
    gebeurtenis: Gebeurtenis, waarden: list[Waarde], weergave: str, velden: Collection[str]
) -> dict[str, Any]:
    nieuw = gebeurtenis.soort == Gebeurtenis.Soort.AANGEMAAKT
    url = url_van(gebeurtenis.onderwerp)
    return {
        "uuid": str(gebeurtenis.pk),
        "bron": "kc",
        "applicatieId": "portaal",
        "applicatieWeergave": "Portaal van de gemeente",
        "gebruikersId": gebeurtenis.handelende,
        "gebruikersWeergave": DOOR.get(gebeurtenis.middel, "klant zelf"),
        "actie": "create" if nieuw else "partial_update",
        "actieWeergave": gebeurtenis.soort,
        "resultaat": 201 if nieuw else 200,
        "hoofdObject": url,
        "resource": "klant",
        "resourceUrl": url,
        "toelichting": "",
        "resourceWeergave": weergave,
        "aanmaakdatum": gebeurtenis.gebeurd_op.isoformat().replace("+00:00", "Z"),
        "wijzigingen": {
            "oud": {w.veld: w.oud for w in waarden if w.veld in velden and w.oud},
            "nieuw": {w.veld: w.nieuw for w in waarden if w.veld in velden and w.nieuw},
        },
    }
