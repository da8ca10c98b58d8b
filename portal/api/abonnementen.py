"""Abonnementen beheren: de handelingen van portal.webhooks.beheer, elk met een reden."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic.alias_generators import to_camel

from portal.api.api import json_antwoord, met_etag
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.rechten import Scope
from portal.api.toegang.wie import Aanroeper, Recht, aanroeper_van
from portal.api.voorwaarde import AlsGezien, Gezien, eis_gezien, inhoud_etag
from portal.api.vormen.abonnementen import (
    AbonnementenUit,
    AbonnementIn,
    AbonnementPatch,
    AbonnementUit,
    HanddrukUit,
    NieuwAbonnementUit,
    RedenIn,
)
from portal.webhooks import beheer, handdruk
from portal.webhooks.abonnementgegevens import Abonnementgegevens, gegevens_van
from portal.webhooks.models import Abonnement
from portal.webhooks.models.abonnement import alle_soorten

router = Router(tags=["abonnementen"], by_alias=True)
AbonnementId = Annotated[
    UUID, Path(alias="abonnementId", description="Het nummer van het abonnement.")
]
BEHEREN = Scope.ABONNEMENTEN_BEHEREN
HANDELING: dict[str, Any] = {"x-weigeringen": [409]}
GEZIEN: dict[str, Any] = {"x-weigeringen": [409, 412, 428]}

GELIJK = (
    "naam", "contact", "url", "soorten", "subjectsoorten", "vorm", "inlogwijze", "eigen_ca",
    "gelijktijdig", "per_minuut", "wachttijd", "informatierijk", "doel", "status", "reden",
)  # fmt: skip
"""The columns of which an answer says the value as it is."""


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
    rijen = eigen.annotate(open=Coalesce(Sum("baan__openstaand"), 0)).order_by("pk")
    return json_antwoord({"abonnementen": [_vorm(rij, rij.open) for rij in rijen]})


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
    gegevens = Abonnementgegevens(bronorganisatie=aanroeper.bronorganisatie, **_keuze(vraag))
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
def lees(request: HttpRequest, abonnement_id: AbonnementId, gezien: Gezien = None) -> HttpResponse:
    """Met zijn stand en hoeveel berichten er openstaan."""
    vorm = _vorm(_abonnement(aanroeper_van(request), abonnement_id))
    return met_etag(request, vorm, inhoud_etag(vorm))


@router.patch(
    "/abonnementen/{uuid:abonnementId}",
    response=AbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementWijzigen",
    summary="Adres, keuze of inloggen wijzigen",
    openapi_extra=GEZIEN,
)
@transaction.atomic
def wijzig(
    request: HttpRequest,
    abonnement_id: AbonnementId,
    vraag: AbonnementPatch,
    als_gezien: AlsGezien = None,
) -> HttpResponse:
    """Een ander adres vraagt een nieuwe handdruk, en de inloggegevens opnieuw."""
    aanroeper = aanroeper_van(request)
    abonnement = beheer.op_slot(_abonnement(aanroeper, abonnement_id).pk)
    eis_gezien(request, inhoud_etag(_vorm(abonnement)))
    keuze = _keuze(vraag)
    _eis_inlog_bij_adres(abonnement, keuze)
    gegevens = replace(gegevens_van(abonnement), **{"inlog": {}, **keuze})
    vorm = _vorm(beheer.wijzig(abonnement.pk, gegevens, door=_door(aanroeper, vraag.reden)))
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
    return _vraag_ontvanger(request, abonnement_id, vraag, handdruk.geef_hand)


@router.post(
    "/abonnementen/{uuid:abonnementId}/_test",
    response=HanddrukUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementTesten",
    summary="Alleen een testbericht sturen",
    openapi_extra=HANDELING,
)
def test(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Verandert niets aan het abonnement; zegt ook of u de handtekening controleert."""
    return _vraag_ontvanger(request, abonnement_id, vraag, handdruk.stuur_test)


@router.post(
    "/abonnementen/{uuid:abonnementId}/_roteer",
    response=NieuwAbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementRoteren",
    summary="Het geheim wisselen",
    openapi_extra=HANDELING,
)
def roteer(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Het nieuwe ondertekent meteen, het oude nog 24 uur mee. Het is alleen nu te zien."""
    return _wissel(request, abonnement_id, vraag, beheer.roteer)


@router.post(
    "/abonnementen/{uuid:abonnementId}/_gelekt",
    response=NieuwAbonnementUit,
    auth=Recht(BEHEREN),
    operation_id="abonnementGelekt",
    summary="Het geheim is gelekt: het oude stopt nu",
    openapi_extra=HANDELING,
)
def gelekt(request: HttpRequest, abonnement_id: AbonnementId, vraag: RedenIn) -> HttpResponse:
    """Ook oude berichten dragen alleen het nieuwe. Het is alleen nu te zien."""
    return _wissel(request, abonnement_id, vraag, beheer.meld_gelekt)


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
    openapi_extra=GEZIEN,
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


def _wissel(
    request: HttpRequest, nummer: UUID, vraag: RedenIn, handeling: Callable[..., str]
) -> HttpResponse:
    """A new secret, in this one answer."""
    aanroeper = aanroeper_van(request)
    abonnement = _abonnement(aanroeper, nummer)
    geheim = handeling(abonnement.pk, door=_door(aanroeper, vraag.reden))
    return json_antwoord({**_vorm(abonnement), "geheim": geheim})


def _vraag_ontvanger(
    request: HttpRequest, nummer: UUID, vraag: RedenIn, doe: Callable[..., handdruk.Uitslag]
) -> HttpResponse:
    """Ask or try the receiver, and say what came of it; outside any transaction."""
    aanroeper = aanroeper_van(request)
    uitslag = doe(_abonnement(aanroeper, nummer), door=_door(aanroeper, vraag.reden))
    gelukt = uitslag.aangekomen and (uitslag.toestemming or doe is handdruk.stuur_test)
    return json_antwoord({
        "abonnement": _vorm(_abonnement(aanroeper, nummer)),
        "gelukt": gelukt,
        "fout": uitslag.fout,
        "waarschuwingen": uitslag.waarschuwingen,
    })  # fmt: skip


def _keuze(vraag: AbonnementIn | AbonnementPatch) -> dict[str, Any]:
    """What the body names, by the names of Abonnementgegevens."""
    keuze = vraag.model_dump(exclude_unset=True, exclude={"reden"})
    if "soorten" in keuze:
        keuze["soorten"] = keuze["soorten"] or alle_soorten()
    if inlog := keuze.pop("inlog", None):
        keuze |= {"inlogwijze": inlog.pop("wijze"), "inlog": inlog}
    return keuze


def _eis_inlog_bij_adres(abonnement: Abonnement, keuze: dict[str, Any]) -> None:
    """What nobody may read must not travel to an address of choice; raises Fout 400."""
    elders = keuze.get("url", abonnement.url) != abonnement.url
    if elders and abonnement.inlog_verzegeld and "inlog" not in keuze:
        reden = "Geef bij een ander adres ook de inloggegevens opnieuw."
        raise ongeldig(VeldFout("inlog", "required", reden))


def _abonnement(aanroeper: Aanroeper, nummer: UUID) -> Abonnement:
    """Het abonnement van de eigen organisatie; raises Fout 404."""
    eigen = Abonnement.objects.filter(bronorganisatie=aanroeper.bronorganisatie, uuid=nummer)
    abonnement = eigen.first()
    if abonnement is None:
        raise Fout("not_found")
    return abonnement


def _door(aanroeper: Aanroeper, reden: str) -> beheer.Door:
    return beheer.Door(wie=f"token {aanroeper.rij.prefix}", reden=reden, op=aanroeper.op)


def _vorm(abonnement: Abonnement, openstaand: int | None = None) -> dict[str, Any]:
    gelijk = {to_camel(naam): getattr(abonnement, naam) for naam in GELIJK}
    return {
        "id": str(abonnement.uuid),
        **gelijk,
        "openstaand": beheer.aantal_open(abonnement) if openstaand is None else openstaand,
    }
