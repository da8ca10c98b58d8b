"""Abonnementen in de vorm van de Notificaties API 1.0.1: de handelingen van portal.webhooks.beheer.

A toepassing sees its own abonnementen only. At every registration and change the receiver is tried
as Open Notificaties does, before anything is stored; `auth` is sealed and never given back.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api.api import json_antwoord
from portal.api.compat.jwt import ZgwRecht
from portal.api.compat.vormen_notificaties import (
    Abonnement,
    AbonnementIn,
    AbonnementPatch,
    FilterGroup,
)
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.models import Abonnee
from portal.api.rechten import Scope
from portal.api.toegang.wie import Aanroeper, aanroeper_van
from portal.klanten.regels import IntussenGewijzigd, Subjectsoort
from portal.webhooks import beheer, handdruk
from portal.webhooks.abonnementgegevens import Abonnementgegevens, gegevens_van
from portal.webhooks.bestemming import BestemmingGeweigerd
from portal.webhooks.models import Abonnement as Rij
from portal.webhooks.vng import KANAAL, KENMERKEN, KLANTSOORTEN

router = Router(tags=["abonnement"], by_alias=True)
AbonnementUuid = Annotated[UUID, Path(alias="uuid", description="Het nummer van het abonnement.")]
RECHT = ZgwRecht(Scope.NOTIFICATIES_CONSUMEREN)
ELKE = "*"
SUBJECTTYPE = "subjectType"


@router.get(
    "/abonnement",
    response=list[Abonnement],
    auth=RECHT,
    operation_id="abonnement_list",
    summary="Uw abonnementen in deze vorm",
)
def lijst(request: HttpRequest) -> HttpResponse:
    """Alleen wat deze toepassing zelf nam, oudste eerst."""
    return json_antwoord([_vorm(rij) for rij in _eigen(aanroeper_van(request)).order_by("pk")])


@router.post(
    "/abonnement",
    response={201: Abonnement},
    auth=RECHT,
    operation_id="abonnement_create",
    summary="U abonneren",
)
def maak(request: HttpRequest, vraag: AbonnementIn) -> HttpResponse:
    """De ontvanger krijgt eerst een proef; weigert hij die, dan 400 en er is geen abonnement."""
    aanroeper = aanroeper_van(request)
    gegevens = _met(_nieuw(aanroeper), vraag)
    _probeer(gegevens)
    door = _door(aanroeper, "geabonneerd door het systeem")
    with transaction.atomic():
        rij, _ = beheer.maak(gegevens, door=door)
        Abonnee.objects.create(abonnement=rij, toepassing_id=aanroeper.rij.toepassing)
        beheer.bevestig(rij.pk, door=door, handdruk=(gegevens.url, gegevens.per_minuut))
    vorm = _vorm(rij)
    return json_antwoord(vorm, status=201, Location=vorm["url"])


@router.get(
    "/abonnement/{uuid:uuid}",
    response=Abonnement,
    auth=RECHT,
    operation_id="abonnement_read",
    summary="Eén abonnement",
)
def lees(request: HttpRequest, abonnement_uuid: AbonnementUuid) -> HttpResponse:
    """Zonder `auth`."""
    return json_antwoord(_vorm(_een(aanroeper_van(request), abonnement_uuid)))


@router.put(
    "/abonnement/{uuid:uuid}",
    response=Abonnement,
    auth=RECHT,
    operation_id="abonnement_update",
    summary="Een abonnement vervangen",
)
def vervang(
    request: HttpRequest, abonnement_uuid: AbonnementUuid, vraag: AbonnementIn
) -> HttpResponse:
    """Na een nieuwe proef; wat openstaat blijft openstaan."""
    return _pas_aan(request, abonnement_uuid, vraag)


@router.patch(
    "/abonnement/{uuid:uuid}",
    response=Abonnement,
    auth=RECHT,
    operation_id="abonnement_partial_update",
    summary="Een abonnement gedeeltelijk wijzigen",
)
def wijzig(
    request: HttpRequest, abonnement_uuid: AbonnementUuid, vraag: AbonnementPatch
) -> HttpResponse:
    """Wat in de body staat verandert, na een nieuwe proef; de rest blijft."""
    return _pas_aan(request, abonnement_uuid, vraag)


@router.delete(
    "/abonnement/{uuid:uuid}",
    response={204: None},
    auth=RECHT,
    operation_id="abonnement_delete",
    summary="Een abonnement beëindigen",
)
def trek_in(request: HttpRequest, abonnement_uuid: AbonnementUuid) -> HttpResponse:
    """Wat nog openstaat gaat niet meer."""
    aanroeper = aanroeper_van(request)
    rij = _een(aanroeper, abonnement_uuid)
    door = _door(aanroeper, "opgezegd door het systeem")
    beheer.trek_in(rij.pk, open_gezien=None, door=door)
    return HttpResponse(status=204)


def _pas_aan(
    request: HttpRequest, nummer: UUID, vraag: AbonnementIn | AbonnementPatch
) -> HttpResponse:
    """What a beheerder paused only a beheerder resumes: 409; changed meanwhile is 409 too."""
    aanroeper = aanroeper_van(request)
    gezien = _een(aanroeper, nummer)
    beheer.eis_status(gezien, Rij.Status.ACTIEF, Rij.Status.UITGEZET)
    gegevens = _met(gegevens_van(gezien), vraag)
    _probeer(gegevens)
    door = _door(aanroeper, "gewijzigd door het systeem")
    with transaction.atomic():
        if _stand(beheer.op_slot(gezien.pk)) != _stand(gezien):
            raise IntussenGewijzigd
        beheer.wijzig(gezien.pk, gegevens, door=door)
        toestemming = (gegevens.url, gegevens.per_minuut)
        rij = beheer.bevestig(gezien.pk, door=door, handdruk=toestemming)
    return json_antwoord(_vorm(rij))


def _stand(rij: Rij) -> tuple[object, ...]:
    """What a change starts from: another change, pause or end in between shows here."""
    return rij.url, rij.inlog_verzegeld, rij.subjectsoorten, rij.status


def _nieuw(aanroeper: Aanroeper) -> Abonnementgegevens:
    """The standard knows no name or contact: the name is the client's, alarms go to beheer."""
    return Abonnementgegevens(
        naam=aanroeper.rij.client_id or "",
        contact="",
        url="",
        bronorganisatie=aanroeper.bronorganisatie,
        soorten=KLANTSOORTEN,
        vorm=Rij.Vorm.VNG_ABONNEE,
        inlogwijze=Rij.Inlogwijze.BEARER,
    )


def _met(nu: Abonnementgegevens, vraag: AbonnementIn | AbonnementPatch) -> Abonnementgegevens:
    """The choice with what the body names; raises Fout 400."""
    gegeven: dict[str, Any] = {}
    if "callbackUrl" in vraag.model_fields_set:
        gegeven["url"] = vraag.callbackUrl
    if "auth" in vraag.model_fields_set:
        gegeven |= {"inlogwijze": Rij.Inlogwijze.BEARER, "inlog": {"kop": vraag.auth}}
    if "kanalen" in vraag.model_fields_set:
        gegeven["subjectsoorten"] = _subjectsoorten(vraag.kanalen)
    return replace(nu, **gegeven)


def _subjectsoorten(kanalen: list[FilterGroup]) -> list[str]:
    """The kinds that the filters together ask for, empty for all; raises Fout 400 with each."""
    if fouten := [fout for n, groep in enumerate(kanalen) for fout in _fouten(n, groep)]:
        raise ongeldig(*fouten)
    gevraagd = dict.fromkeys(groep.filters.get(SUBJECTTYPE, ELKE) for groep in kanalen)
    return [] if ELKE in gevraagd else list(gevraagd)


def _fouten(n: int, groep: FilterGroup) -> Iterator[VeldFout]:
    """Codes of Open Notificaties, where it has one."""
    if groep.naam != KANAAL:
        yield VeldFout(f"kanalen.{n}.naam", "kanaal_naam", "Dit kanaal is er niet.")
    elif not groep.filters.keys() <= KENMERKEN:
        reden = "Dit kanaal kent alleen het kenmerk subjectType."
        yield VeldFout(f"kanalen.{n}.filters", "inconsistent-abonnement-filters", reden)
    elif groep.filters.get(SUBJECTTYPE, ELKE) not in {ELKE, *Subjectsoort}:
        naam = f"kanalen.{n}.filters.{SUBJECTTYPE}"
        yield VeldFout(naam, "invalid_choice", "Deze soort is er niet.")


def _probeer(gegevens: Abonnementgegevens) -> None:
    """Try the receiver, outside any transaction; raises Fout 400 on `callbackUrl`."""
    try:
        uitslag = handdruk.proef(gegevens)
    except BestemmingGeweigerd as fout:
        raise ongeldig(VeldFout("callbackUrl", "invalid", str(fout.melding))) from None
    if not uitslag.aangekomen:
        code = uitslag.code or "invalid-callback-url"
        raise ongeldig(VeldFout("callbackUrl", code, uitslag.fout))


def _eigen(aanroeper: Aanroeper) -> QuerySet[Rij]:
    """Ended abonnementen are gone in this form."""
    eigen = Abonnee.objects.filter(toepassing=aanroeper.rij.toepassing).values("abonnement")
    rijen = Rij.objects.filter(pk__in=eigen, vorm=Rij.Vorm.VNG_ABONNEE)
    return rijen.exclude(status=Rij.Status.INGETROKKEN)


def _een(aanroeper: Aanroeper, nummer: UUID) -> Rij:
    rij = _eigen(aanroeper).filter(uuid=nummer).first()
    if rij is None:
        raise Fout("not_found")
    return rij


def _door(aanroeper: Aanroeper, reden: str) -> beheer.Door:
    return beheer.Door(wie=f"token {aanroeper.rij.prefix}", reden=reden, op=aanroeper.op)


def _vorm(rij: Rij) -> dict[str, Any]:
    """One group per kind that is asked for; a group without filters hears everything."""
    filters = [{SUBJECTTYPE: soort} for soort in rij.subjectsoorten] or [{}]
    return {
        "url": f"{settings.PORTAAL_URL}/notificaties/api/v1/abonnement/{rij.uuid}",
        "callbackUrl": rij.url,
        "kanalen": [{"naam": KANAAL, "filters": filter_} for filter_ in filters],
    }
