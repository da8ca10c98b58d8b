"""Interacties vastleggen, lezen en afsluiten; en wat er voor contactgegevens bij geldt."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from portal.api.api import json_antwoord, met_etag
from portal.api.klanten import Doel
from portal.api.rechten import Scope, Veld
from portal.api.toegang import interacties as deur
from portal.api.toegang.bewaargronden import bron_van
from portal.api.toegang.interacties import (
    als_vorm,
    contact_van,
    eis_schrijven,
    interactie_van,
    onthoud,
)
from portal.api.toegang.wie import Aanroeper, Recht, aanroeper_van, eis_velden
from portal.api.voorwaarde import Gezien, inhoud_etag
from portal.api.vormen.interacties import (
    AdresIn,
    ContactIn,
    ContactUit,
    InteractieIn,
    InteractiesUit,
    InteractieUit,
    InteractieZoekIn,
)
from portal.klanten.handelingen.interacties import sluit_interactie_af
from portal.klanten.handelingen.systeem import Systeem, leg_interactie_vast
from portal.klanten.regels import (
    Adres,
    Adressoort,
    Contactgegevens,
    Interactiesoort,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
    OngeldigeWaarde,
    Rol,
)

router = Router(tags=["interacties"], by_alias=True)
InteractieId = Annotated[
    UUID, Path(alias="interactieId", description="Het nummer van de interactie.")
]
LEZEN, SCHRIJVEN = Scope.INTERACTIES_LEZEN, Scope.INTERACTIES_SCHRIJVEN


def systeem_van(aanroeper: Aanroeper) -> Systeem:
    """Hoe het domein deze toepassing noemt: haar token, en niet wie het gebruikt."""
    return Systeem(
        bronorganisatie=aanroeper.bronorganisatie,
        naam=bron_van(aanroeper),
        op=aanroeper.op,
    )


@router.post(
    "/interacties",
    response={201: InteractieUit},
    auth=Recht(SCHRIJVEN),
    operation_id="interactieVastleggen",
    summary="Een melding, vraag, verzoek of contactmoment vastleggen",
    openapi_extra={"x-weigeringen": [409]},
)
@transaction.atomic
def leg_vast(request: HttpRequest, vraag: InteractieIn) -> HttpResponse:
    """MIN-2, OVR-1: met of zonder klant; contactgegevens gelden alleen voor deze interactie."""
    aanroeper = aanroeper_van(request)
    ontvangst = leg_interactie_vast(
        proces=vraag.proces,
        soort=Interactiesoort(vraag.soort),
        rol=Rol(vraag.rol),
        extern=vraag.extern,
        klant=vraag.klant,
        contact=_contact(vraag.contact),
        door=systeem_van(aanroeper),
    )
    onthoud(aanroeper, ontvangst.interactie)
    vorm = als_vorm(interactie_van(aanroeper, ontvangst.interactie))
    plaats = request.build_absolute_uri(f"{request.path}/{vorm['id']}")
    return json_antwoord(vorm, status=201, Location=plaats)


@router.post(
    "/interacties/_zoek",
    response=InteractiesUit,
    auth=Recht(LEZEN, doel=True, zoekt=True),
    operation_id="interactiesZoek",
    summary="Een interactie zoeken met haar referentie",
)
def zoek(request: HttpRequest, doel: Doel, vraag: InteractieZoekIn) -> HttpResponse:
    """De referentie staat bij het verzoek of contactmoment, en op wat de klant kreeg.

    Voor een doel met interacties (anders 403).
    """
    return json_antwoord({"interacties": deur.zoek(_lezer(request), vraag.referentie)})


@router.get(
    "/interacties/{uuid:interactieId}",
    response=InteractieUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="interactieLezen",
    summary="Eén interactie",
)
def lees(
    request: HttpRequest, interactie_id: InteractieId, doel: Doel, gezien: Gezien = None
) -> HttpResponse:
    """Met een gevalideerde klant, of door uw eigen systeem vastgelegd.

    Voor een doel met interacties (anders 403).
    """
    vorm = deur.lees(_lezer(request), interactie_id)
    return met_etag(request, vorm, inhoud_etag(vorm))


@router.get(
    "/interacties/{uuid:interactieId}/contactgegevens",
    response=ContactUit,
    auth=Recht(LEZEN, doel=True),
    operation_id="contactgegevensBijInteractie",
    summary="Welke contactgegevens voor deze interactie gelden",
)
def contact(
    request: HttpRequest, interactie_id: InteractieId, doel: Doel, gezien: Gezien = None
) -> HttpResponse:
    """OVR-2, REG-5: het registeradres als het proces dat eist; anders afwijking, dan klant."""
    aanroeper = aanroeper_van(request)
    vorm = contact_van(aanroeper, interactie_van(aanroeper, interactie_id))
    return met_etag(request, vorm, inhoud_etag(vorm))


@router.post(
    "/interacties/{uuid:interactieId}/_sluit",
    response=InteractieUit,
    auth=Recht(SCHRIJVEN, doel=True),
    operation_id="interactieAfsluiten",
    summary="Een interactie afsluiten; vanaf nu telt de bewaartermijn",
    openapi_extra={"x-weigeringen": [409]},
)
@transaction.atomic
def sluit(request: HttpRequest, interactie_id: InteractieId, doel: Doel) -> HttpResponse:
    """USE-8: na de termijn van het proces verdwijnt zij met haar contactgegevens.

    Het antwoord noemt haar klanten: voor een doel met interacties (anders 403).
    """
    aanroeper = _lezer(request)
    eis_schrijven(aanroeper, interactie_van(aanroeper, interactie_id))
    sluit_interactie_af(interactie_id, op=aanroeper.op)
    return json_antwoord(deur.lees(aanroeper, interactie_id))


def _lezer(request: HttpRequest) -> Aanroeper:
    """PUR-1: wie interacties leest, heeft dat veld in token en doel; raises Fout 403."""
    aanroeper = aanroeper_van(request)
    eis_velden(aanroeper, {Veld.INTERACTIES})
    return aanroeper


def _contact(gegeven: ContactIn | None) -> Contactgegevens:
    """De gegevens als waarde van het domein; raises OngeldigeWaarde."""
    if gegeven is None:
        return Contactgegevens()
    adres = _adres(gegeven.correspondentieadres) if gegeven.correspondentieadres else None
    rest = gegeven.model_dump(exclude={"correspondentieadres"})
    return Contactgegevens(**rest, correspondentieadres=adres)


def _adres(gegeven: AdresIn) -> Adres:
    """Een adres in de vorm die bij zijn soort hoort; wat daar niet in past, wordt geweigerd."""
    if gegeven.soort == "buitenland":
        _eis_leeg(gegeven, "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "plaats")
        regel1, regel2, regel3 = [*gegeven.regels, "", "", ""][:3]
        return NieuwBuitenlandsAdres(
            landcode=gegeven.land, regel1=regel1, regel2=regel2, regel3=regel3, tav=gegeven.tav
        )
    _eis_leeg(gegeven, "regels")
    if gegeven.land != "NL":
        raise OngeldigeWaarde("Kies voor een ander land de soort buitenland.", veld="land")
    delen = gegeven.model_dump(exclude={"regels", "land", "soort", "huisnummer"})
    nummer = gegeven.huisnummer or 0
    return NieuwPostadres(soort=Adressoort(gegeven.soort), huisnummer=nummer, **delen)


def _eis_leeg(gegeven: AdresIn, *velden: str) -> None:
    """Raises OngeldigeWaarde for the first field that this kind of address has not."""
    for veld in velden:
        if getattr(gegeven, veld):
            raise OngeldigeWaarde("Dit hoort niet bij deze soort adres.", veld=veld)
