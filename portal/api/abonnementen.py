"""Abonnementen beheren: de handelingen van portal.webhooks.beheer, elk met een reden."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api.api import json_antwoord
from portal.api.fouten import Fout
from portal.api.rechten import Scope
from portal.api.toegang.wie import Aanroeper, Recht, aanroeper_van
from portal.api.voorwaarde import AlsGezien, eis_gezien, inhoud_etag
from portal.api.vormen.abonnementen import (
    AbonnementenUit,
    AbonnementIn,
    AbonnementUit,
    HanddrukUit,
    NieuwAbonnementUit,
    RedenIn,
)
from portal.webhooks import beheer, handdruk
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.models import Abonnement

router = Router(tags=["abonnementen"], by_alias=True)
AbonnementId = Annotated[
    UUID, Path(alias="abonnementId", description="Het nummer van het abonnement.")
]
BEHEREN = Scope.ABONNEMENTEN_BEHEREN
HANDELING: dict[str, Any] = {"x-weigeringen": [409]}


@router.get(
    "/abonnementen",
    response=AbonnementenUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementenLijst",
    summary="De abonnementen van deze organisatie",
)
def lijst(request: HttpRequest) -> HttpResponse:
    """Ook ingetrokken abonnementen; een geheim staat er nooit bij."""
    eigen = Abonnement.objects.filter(bronorganisatie=aanroeper_van(request).bronorganisatie)
    return json_antwoord({"abonnementen": [_vorm(a) for a in eigen.order_by("pk")]})


@router.post(
    "/abonnementen",
    response={201: NieuwAbonnementUit},
    auth=Recht(BEHEREN),
    operation_id="abonnementMaken",
    summary="Een abonnement maken",
    openapi_extra=HANDELING,
)
def maak(request: HttpRequest, vraag: AbonnementIn) -> HttpResponse:
    """Het begint als concept tot de handdruk. Het geheim is alleen nu te zien."""
    aanroeper = aanroeper_van(request)
    keuze: dict[str, Any] = {"soorten": list(vraag.soorten)} if vraag.soorten else {}
    gegevens = Abonnementgegevens(
        naam=vraag.naam,
        contact=vraag.contact,
        url=vraag.url,
        bronorganisatie=aanroeper.bronorganisatie,
        subjectsoorten=list(vraag.subjectsoorten),
        **keuze,
    )
    abonnement, geheim = beheer.maak(gegevens, door=_door(aanroeper, vraag.reden))
    vorm = _vorm(abonnement)
    plaats = request.build_absolute_uri(f"{request.path}/{vorm['id']}")
    return json_antwoord({**vorm, "geheim": geheim}, status=201, Location=plaats)


@router.get(
    "/abonnementen/{uuid:abonnementId}",
    response=AbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementLezen",
    summary="Eén abonnement",
)
def lees(request: HttpRequest, abonnement_id: AbonnementId) -> HttpResponse:
    """Met zijn stand en hoeveel berichten er openstaan."""
    vorm = _vorm(_abonnement(aanroeper_van(request), abonnement_id))
    return json_antwoord(vorm, ETag=inhoud_etag(vorm))


@router.post(
    "/abonnementen/{uuid:abonnementId}/_handdruk",
    response=HanddrukUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementHanddruk",
    summary="De ontvanger om toestemming vragen en een testbericht sturen",
    openapi_extra=HANDELING,
)
def geef_hand(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Zoals in het beheerscherm: met toestemming en een aangenomen bericht wordt het actief."""
    aanroeper = aanroeper_van(request)
    abonnement = _abonnement(aanroeper, abonnement_id)
    uitslag = handdruk.geef_hand(abonnement, door=_door(aanroeper, vraag.reden))
    return json_antwoord({
        "abonnement": _vorm(_abonnement(aanroeper, abonnement_id)),
        "gelukt": uitslag.toestemming and uitslag.aangekomen,
        "fout": uitslag.fout,
        "waarschuwingen": uitslag.waarschuwingen,
    })  # fmt: skip


@router.post(
    "/abonnementen/{uuid:abonnementId}/_pauzeer",
    response=AbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementPauzeren",
    summary="Berichten even niet versturen; alles blijft bewaard",
    openapi_extra=HANDELING,
)
def pauzeer(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Hervatten verstuurt wat bewaard bleef, op volgorde."""
    return _doe(request, abonnement_id, vraag, beheer.pauzeer)


@router.post(
    "/abonnementen/{uuid:abonnementId}/_hervat",
    response=AbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementHervatten",
    summary="Weer versturen, op volgorde",
    openapi_extra=HANDELING,
)
def hervat(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Ook na uitzetten door een 410 van de ontvanger."""
    return _doe(request, abonnement_id, vraag, beheer.hervat)


@router.delete(
    "/abonnementen/{uuid:abonnementId}",
    response={204: None},
    auth=Recht(BEHEREN),
    operation_id="abonnementIntrekken",
    summary="Een abonnement beëindigen",
    openapi_extra={"x-weigeringen": [409, 412, 428]},
)
def trek_in(
    request: HttpRequest, abonnement_id: AbonnementId, als_gezien: AlsGezien = None
) -> HttpResponse:
    """Open berichten gaan niet meer; If-Match zegt dat u zag hoeveel het er zijn."""
    aanroeper = aanroeper_van(request)
    abonnement = _abonnement(aanroeper, abonnement_id)
    vorm = _vorm(abonnement)
    eis_gezien(request, inhoud_etag(vorm))
    door = _door(aanroeper, "ingetrokken door het systeem")
    beheer.trek_in(abonnement.pk, open_gezien=vorm["openstaand"], door=door)
    return HttpResponse(status=204)


def _doe(
    request: HttpRequest, nummer: UUID, vraag: RedenIn, handeling: Callable[..., Abonnement]
) -> HttpResponse:
    """An act of beheer on an abonnement of the own organisation, with the reason that was given."""
    aanroeper = aanroeper_van(request)
    abonnement = _abonnement(aanroeper, nummer)
    return json_antwoord(_vorm(handeling(abonnement.pk, door=_door(aanroeper, vraag.reden))))


def _abonnement(aanroeper: Aanroeper, nummer: UUID) -> Abonnement:
    """Het abonnement van de eigen organisatie; raises Fout 404."""
    eigen = Abonnement.objects.filter(bronorganisatie=aanroeper.bronorganisatie, uuid=nummer)
    abonnement = eigen.first()
    if abonnement is None:
        raise Fout("not_found")
    return abonnement


def _door(aanroeper: Aanroeper, reden: str) -> beheer.Door:
    return beheer.Door(wie=f"token {aanroeper.rij.prefix}", reden=reden, op=aanroeper.op)


def _vorm(abonnement: Abonnement) -> dict[str, Any]:
    return {
        "id": str(abonnement.uuid),
        "naam": abonnement.naam,
        "url": abonnement.url,
        "soorten": list(abonnement.soorten),
        "subjectsoorten": list(abonnement.subjectsoorten),
        "status": abonnement.status,
        "reden": abonnement.reden,
        "openstaand": beheer.aantal_open(abonnement),
    }
