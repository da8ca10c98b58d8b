"""Wie er vraagt: van sleutel naar toepassing, rechten en doel; bij elke vraag opnieuw gelezen."""

import ipaddress
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from accounts.grenzen import adres_van
from accounts.limieten import hoeveelste, tel
from portal.api.beheer import hash_van
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.api.rechten import Scope, omschrijving, velden_bij
from portal.api.toestand import meld_raden
from portal.logboek.schrijven import Gebruiker
from portal.logboek.spoor import Spoor, spoor_van

logger = logging.getLogger(__name__)

VRAAG = """
select t.id, t.prefix, t.scopes, t.doelen, t.velden, t.netwerken, t.verloopt_op, t.ingetrokken_op,
    p.id, p.actief, p.bronorganisatie, p.organisatie, p.afdeling, p.adres, t.geheim, p.client_id
from api_token t join api_toepassing p on p.id = t.toepassing_id
"""
BLADEREN = {"cursor", "paginaGrootte", "page"}
"""Parameters that only turn a page; a list with any other one is a search."""


@dataclass(frozen=True)
class Rij:
    """One token with its toepassing, as `VRAAG` selects them."""

    token: int
    prefix: str
    scopes: list[str]
    doelen: list[str]
    velden: list[str]
    netwerken: list[str]
    verloopt_op: datetime
    ingetrokken_op: datetime | None
    toepassing: int
    actief: bool
    bronorganisatie: str
    organisatie: str
    afdeling: str
    adres: str
    geheim: str | None
    client_id: str | None


@dataclass(frozen=True)
class Aanroeper:
    """Een toepassing die nu vraagt: wat zij mag, waarvoor, en onder welk spoor."""

    rij: Rij
    op: datetime
    spoor: Spoor
    doel: str = ""

    @property
    def bronorganisatie(self) -> str:
        return self.rij.bronorganisatie

    @property
    def velden(self) -> frozenset[str]:
        """PUR-1: wat het token mag én het doel nodig heeft; zonder doel niets."""
        return velden_bij(self.doel) & frozenset(self.rij.velden)

    @property
    def doeltekst(self) -> str:
        return omschrijving(self.doel)

    def gebruiker(self) -> Gebruiker:
        """Hoe het logboek deze toepassing noemt."""
        rij = self.rij
        return Gebruiker(
            organisatie=rij.bronorganisatie,
            naam=rij.organisatie,
            afdeling=rij.afdeling,
            verwerker=rij.adres,
        )


def tokens(waar: str, waarde: str) -> list[Rij]:
    """The tokens with this `hash` or `client_id`; `waar` is a condition of ours, never input."""
    with connection.cursor() as cursor:
        cursor.execute(f"{VRAAG} where {waar} = %s", [waarde])
        return [Rij(*rij) for rij in cursor.fetchall()]


def eis_geldig(rij: Rij, request: HttpRequest, op: datetime) -> None:
    """Ingetrokken, verlopen of van een gestopte toepassing: 401. Verkeerd netwerk: 403."""
    if rij.ingetrokken_op is not None or rij.verloopt_op <= op or not rij.actief:
        raise Fout("not_authenticated")
    if rij.netwerken and not _in_netwerk(request, rij.netwerken):
        raise Fout("netwerk-niet-toegestaan")


def _in_netwerk(request: HttpRequest, netwerken: list[str]) -> bool:
    try:
        adres = ipaddress.ip_address(adres_van(request))
    except ValueError:
        return False
    return any(adres in ipaddress.ip_network(netwerk) for netwerk in netwerken)


def eis_binnen_limiet(rij: Rij, op: datetime, *, zoekt: bool) -> None:
    """Hooguit zoveel vragen per minuut per token; zoeken heeft een eigen, lagere grens."""
    soort, grens = (
        ("api-zoek", settings.API_ZOEKEN_PER_MINUUT) if zoekt else ("api", settings.API_PER_MINUUT)
    )
    if wacht := tel(f"{soort}:{rij.token}", venster_s=60, maximum=grens, op=op):
        raise Fout("throttled", koppen={"Retry-After": str(wacht)})


def eis_scope(rij: Rij, scope: Scope) -> None:
    """PUR-2: niets mag, tenzij het gegeven is."""
    if scope not in rij.scopes:
        raise Fout("permission_denied", f"De scope {scope} ontbreekt.")


def eis_doel(rij: Rij, doel: str) -> str:
    """PUR-1: zonder doel 400, met een doel dat niet van dit token is 403."""
    if not doel:
        fout = VeldFout("Doel", "required", "Geef in de header Doel waarvoor u dit vraagt.")
        raise Fout("doel-ontbreekt", velden=(fout,))
    if doel not in rij.doelen or doel not in settings.DOELEN:
        raise Fout("doel-niet-toegestaan")
    return doel


def eis_velden(aanroeper: Aanroeper, nodig: Collection[str]) -> None:
    """PUR-1: wat een antwoord verraadt, ook of een gezochte waarde klopt, vraagt dat veld.

    `nodig` names fields of `Veld`. Raises Fout 403 that names what is missing.
    """
    if ontbreekt := sorted(set(nodig) - aanroeper.velden):
        velden = " en ".join(ontbreekt)
        raise Fout("permission_denied", f"Dit vraagt {velden} in de velden van token en doel.")


def tel_misser(aanroeper: Aanroeper) -> None:
    """Wie vaak naar iets vraagt dat er niet is, raadt misschien: dat hoort de beheerder meteen.

    Call it outside a transaction that can still be rolled back, and once for each question.
    """
    grens = settings.API_MISSERS_PER_UUR
    missers = hoeveelste(f"api-mis:{aanroeper.rij.token}", venster_s=3600, op=aanroeper.op)
    if missers == grens + 1:
        logger.error("api.alarm.raden", extra={"token": aanroeper.rij.prefix, "grens": grens})
        meld_raden(aanroeper.rij.prefix)


class Recht(HttpBearer):
    """What an operation of the own API asks of its caller; the router shows it in the OpenAPI."""

    openapi_description = "Een token van de gemeente, in de header Authorization."

    def __init__(
        self, scope: Scope, *, doel: bool = False, zoekt: bool = False, vraagt: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.scope, self.doel, self.zoekt, self.vraagt = scope, doel, zoekt, vraagt

    def authenticate(self, request: HttpRequest, token: str) -> Aanroeper:
        """Return who asks; raises Fout 401, 403, 429 or 400 in that order of weight."""
        op = timezone.now()
        rij = self.rij_bij(token, op)
        eis_geldig(rij, request, op)
        eis_binnen_limiet(rij, op, zoekt=self.zoekt or bool(set(request.GET) - BLADEREN))
        eis_scope(rij, self.scope)
        doel = eis_doel(rij, self.doel_van(request, rij)) if self.doel else ""
        eis_parameters(request, self.vraagt)
        return Aanroeper(rij, op, spoor_van(request.headers.get("traceparent")), doel)

    def rij_bij(self, token: str, op: datetime) -> Rij:
        """The token that belongs to what stands in the header; raises Fout 401."""
        rijen = tokens("t.hash", hash_van(token))
        if not rijen:
            raise Fout("not_authenticated")
        return rijen[0]

    def doel_van(self, request: HttpRequest, rij: Rij) -> str:
        """What the caller says it asks for."""
        return request.headers.get("Doel", "")


def eis_parameters(request: HttpRequest, bekend: tuple[str, ...]) -> None:
    """Een parameter die niet bestaat, of die er twee keer staat, is een vergissing: 400 met elk.

    Of two values a proxy could look at one and the portal at the other.
    """
    fouten = [
        VeldFout(naam, "invalid", "Deze parameter staat er meer dan een keer.")
        for naam in bekend
        if len(request.GET.getlist(naam)) > 1
    ]
    if request.GET.keys() - set(bekend):
        reden = "Een of meer parameters bestaan niet."
        fouten.append(VeldFout("", "unknown-parameters", reden))
    if fouten:
        raise ongeldig(*fouten)


def aanroeper_van(request: HttpRequest) -> Aanroeper:
    """Who asks, as Recht put it on the request."""
    aanroeper: Aanroeper = request.auth  # type: ignore[attr-defined]  # set by ninja
    return aanroeper
