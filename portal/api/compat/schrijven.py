"""Vastleggen door een systeem: alleen klanten zonder subject, en alleen die van zichzelf.

Off until a client is given the scope. Copies of register data in a body are dropped (REG-1). On the
same router as reading: ninja answers 405 for a path that a second router knows.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Header

from portal.api.api import json_antwoord
from portal.api.compat import omzetting
from portal.api.compat.invoer import eis_geen_subject, waarden_van
from portal.api.compat.klanten import KlantUuid, router
from portal.api.compat.vormen import Klant, KlantIn, KlantPatch, KlantVelden
from portal.api.compat.vraag import Meldkoppen, Schrijfkoppen, ZgwRecht
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.interacties import systeem_van
from portal.api.rechten import Scope, Veld, velden_bij
from portal.api.toegang import klanten as deur
from portal.api.toegang.interacties import onthoud
from portal.api.toegang.wie import Aanroeper, aanroeper_van
from portal.api.voorwaarde import inhoud_etag, is_gezien
from portal.klanten.handelingen.systeem import (
    registreer_zonder_subject,
    vervang_zonder_subject,
    verwijder_zonder_subject,
)

__all__ = ["router"]
STANDAARD: dict[str, Any] = {"x-weigeringen": [409, 410, 412]}
ALLES = frozenset(Veld)


@router.post(
    "/klanten",
    response={201: Klant},
    auth=ZgwRecht(Scope.KLANTEN_AANMAKEN),
    operation_id="klant_create",
    summary="Een niet-gevalideerde klant vastleggen",
    openapi_extra=STANDAARD,
)
@transaction.atomic
def maak(request: HttpRequest, vraag: KlantIn, koppen: Header[Meldkoppen]) -> HttpResponse:
    """VAL-1: een body met een subject is 403, welk token het ook is."""
    aanroeper = aanroeper_van(request)
    eis_geen_subject(vraag)
    _eis_eigen_organisatie(vraag.bronorganisatie, aanroeper)
    klant = registreer_zonder_subject(
        waarden_van(vraag), klantnummer=vraag.klantnummer or "", door=systeem_van(aanroeper)
    )
    onthoud(aanroeper, klant.pk)
    vorm = _vorm(aanroeper, klant.pk)
    return json_antwoord(vorm, status=201, Location=vorm["url"])


@router.put(
    "/klanten/{uuid:uuid}",
    response=Klant,
    auth=ZgwRecht(Scope.KLANTEN_BIJWERKEN),
    operation_id="klant_update",
    summary="Een eigen niet-gevalideerde klant vervangen",
    openapi_extra=STANDAARD,
)
@transaction.atomic
def vervang(
    request: HttpRequest,
    klant_uuid: KlantUuid,
    vraag: KlantIn,
    koppen: Header[Schrijfkoppen],
) -> HttpResponse:
    """Alle waarden worden die van de body."""
    aanroeper = aanroeper_van(request)
    eis_geen_subject(vraag)
    _eis_eigen_organisatie(vraag.bronorganisatie, aanroeper)
    return _schrijf(aanroeper, klant_uuid, vraag, koppen.als_gezien)


@router.patch(
    "/klanten/{uuid:uuid}",
    response=Klant,
    auth=ZgwRecht(Scope.KLANTEN_BIJWERKEN),
    operation_id="klant_partial_update",
    summary="Een eigen niet-gevalideerde klant gedeeltelijk wijzigen",
    openapi_extra=STANDAARD,
)
@transaction.atomic
def wijzig(
    request: HttpRequest,
    klant_uuid: KlantUuid,
    vraag: KlantPatch,
    koppen: Header[Schrijfkoppen],
) -> HttpResponse:
    """Wat in de body staat verandert; de rest blijft. Een naam is één tekst, en gaat geheel."""
    aanroeper = aanroeper_van(request)
    eis_geen_subject(vraag)
    if vraag.bronorganisatie is not None:
        _eis_eigen_organisatie(vraag.bronorganisatie, aanroeper)
    nu = {
        naam: waarde
        for naam, waarde in _vorm(aanroeper, klant_uuid).items()
        if naam in KlantVelden.model_fields and naam not in {"subject", "subjectType"}
    }
    gewijzigd = vraag.model_dump(exclude_unset=True)
    if "adres" in gewijzigd:
        nu.pop("correspondentieadres", None)
    _eis_hele_naam(gewijzigd, voornaam=nu["voornaam"])
    samen = KlantPatch.model_validate({**nu, **gewijzigd})
    return _schrijf(aanroeper, klant_uuid, samen, koppen.als_gezien)


@router.delete(
    "/klanten/{uuid:uuid}",
    response={204: None},
    auth=ZgwRecht(Scope.KLANTEN_VERWIJDEREN),
    operation_id="klant_delete",
    summary="Een eigen niet-gevalideerde klant verwijderen",
    openapi_extra=STANDAARD,
)
@transaction.atomic
def verwijder(
    request: HttpRequest,
    klant_uuid: KlantUuid,
    koppen: Header[Schrijfkoppen],
) -> HttpResponse:
    """Alle waarden worden vernietigd; daarna is de klant er niet meer, ook niet voor u."""
    aanroeper = aanroeper_van(request)
    rij = _eigen(aanroeper, klant_uuid, koppen.als_gezien)
    verwijder_zonder_subject(klant_uuid, gezien=rij["versie"], door=systeem_van(aanroeper))
    return HttpResponse(status=204)


def _eis_hele_naam(gewijzigd: dict[str, Any], *, voornaam: str) -> None:
    """We keep a name as one text, so which part a new achternaam replaces cannot be told."""
    if not voornaam or "voornaam" in gewijzigd:
        return
    for deel in ("achternaam", "voorvoegselAchternaam"):
        if gewijzigd.get(deel):
            reden = "Stuur bij een deel van de naam ook voornaam: wij bewaren één tekst."
            raise ongeldig(VeldFout(deel, "invalid", reden))


def _schrijf(
    aanroeper: Aanroeper, klant_id: UUID, vraag: KlantIn | KlantPatch, als_gezien: str | None
) -> HttpResponse:
    rij = _eigen(aanroeper, klant_id, als_gezien)
    if vraag.klantnummer not in {None, rij["klantnummer"]}:
        reden = "Een klantnummer verandert niet."
        raise ongeldig(VeldFout("klantnummer", "wijzigen-niet-toegelaten", reden))
    door = systeem_van(aanroeper)
    vervang_zonder_subject(klant_id, waarden_van(vraag), gezien=rij["versie"], door=door)
    vorm = _vorm(aanroeper, klant_id)
    return json_antwoord(vorm, ETag=inhoud_etag(vorm))


def _eigen(aanroeper: Aanroeper, klant_id: UUID, als_gezien: str | None) -> deur.Klantrij:
    """OWN-2: wat een klant zelf gaf verandert geen systeem; raises Fout 403, 404 of 412."""
    rij = deur.zelf_vastgelegd(aanroeper, klant_id)
    if als_gezien and not is_gezien(als_gezien, _etags(aanroeper, rij)):
        raise Fout("precondition_failed")
    return rij


def _etags(aanroeper: Aanroeper, rij: deur.Klantrij) -> set[str]:
    """What a GET of this state gives: per purpose that the token has, and after a write."""
    token = aanroeper.rij
    weergaven = [velden_bij(doel) & frozenset(token.velden) for doel in token.doelen]
    vormen = (omzetting.klant(rij, v, op=aanroeper.op) for v in [*weergaven, ALLES])
    return {inhoud_etag(vorm) for vorm in vormen}


def _vorm(aanroeper: Aanroeper, klant_id: UUID) -> dict[str, Any]:
    """What the system itself recorded, so without limits of purpose."""
    return omzetting.klant(deur.zelf_vastgelegd(aanroeper, klant_id), ALLES, op=aanroeper.op)


def _eis_eigen_organisatie(bronorganisatie: str, aanroeper: Aanroeper) -> None:
    if bronorganisatie != aanroeper.bronorganisatie:
        reden = "Dit is niet de organisatie van dit token."
        raise ongeldig(VeldFout("bronorganisatie", "invalid", reden))
