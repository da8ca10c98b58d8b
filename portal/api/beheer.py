"""Rechten geven en intrekken, altijd met een reden; de sleutel is één keer te zien."""

import hashlib
import ipaddress
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from portal.api.models import Rechtenhandeling, Toepassing, Token
from portal.api.rechten import Scope, Veld

VOORVOEGSEL = "er"


class OngeldigRecht(ValueError):
    """Een scope, doel, veld of netwerk dat niet bestaat; de tekst is voor de beheerder."""


@dataclass(frozen=True, kw_only=True)
class Rechten:
    """Wat een token mag; elk doel staat in de lijst, elk veld past bij een van de doelen."""

    scopes: Collection[str]
    doelen: Collection[str] = ()
    velden: Collection[str] = ()
    netwerken: Collection[str] = ()

    def __post_init__(self) -> None:
        _eis_bekend("scope", self.scopes, list(Scope))
        _eis_bekend("doel", self.doelen, settings.DOELEN)
        _eis_bekend("veld", self.velden, list(Veld))
        for netwerk in self.netwerken:
            try:
                ipaddress.ip_network(netwerk)
            except ValueError as fout:
                raise OngeldigRecht(f"{netwerk} is geen netwerk") from fout


def _eis_bekend(wat: str, waarden: Collection[str], bekend: Collection[str]) -> None:
    onbekend = sorted(set(waarden) - set(bekend))
    if onbekend:
        raise OngeldigRecht(f"{wat} bestaat niet: {', '.join(onbekend)}")


def hash_van(sleutel: str) -> str:
    """How a token is stored: it is 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


@transaction.atomic
def geef_token(
    toepassing: Toepassing,
    rechten: Rechten,
    *,
    verloopt_op: datetime,
    door: str,
    reden: str,
    op: datetime,
) -> str:
    """Maak een token voor de eigen API; geef de sleutel terug, die nergens anders staat."""
    prefix = secrets.token_hex(4)
    sleutel = f"{VOORVOEGSEL}_{prefix}_{secrets.token_urlsafe(32)}"
    _bewaar(toepassing, rechten, prefix, verloopt_op, op, hash=hash_van(sleutel))
    _leg_vast(Rechtenhandeling.Soort.GEGEVEN, toepassing, prefix, door, reden, op)
    return sleutel


@transaction.atomic
def geef_zgw_geheim(
    toepassing: Toepassing,
    rechten: Rechten,
    *,
    verloopt_op: datetime,
    door: str,
    reden: str,
    op: datetime,
) -> str:
    """Maak een HS256-geheim voor het koppelvlak van de standaard; het vorige blijft gelden."""
    if not toepassing.client_id:
        raise OngeldigRecht("de toepassing heeft geen client_id")
    prefix, geheim = secrets.token_hex(4), secrets.token_urlsafe(48)
    _bewaar(toepassing, rechten, prefix, verloopt_op, op, geheim=geheim)
    _leg_vast(Rechtenhandeling.Soort.GEGEVEN, toepassing, prefix, door, reden, op)
    return geheim


@transaction.atomic
def trek_in(token: Token, *, door: str, reden: str, op: datetime) -> None:
    """Vanaf de volgende aanroep, op elke machine, is dit token niets meer waard."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.ingetrokken_op is not None:
        raise OngeldigRecht("dit token was al ingetrokken")
    token.ingetrokken_op = op
    token.save(update_fields=["ingetrokken_op"])
    _leg_vast(Rechtenhandeling.Soort.INGETROKKEN, token.toepassing, token.prefix, door, reden, op)


@transaction.atomic
def bewaar_toepassing(toepassing: Toepassing, *, door: str, reden: str, op: datetime) -> Toepassing:
    """Maak of wijzig een toepassing; `actief` uit maakt al haar tokens meteen waardeloos."""
    nieuw = toepassing.pk is None
    toepassing.save()
    soort = Rechtenhandeling.Soort.TOEPASSING if nieuw else Rechtenhandeling.Soort.GEWIJZIGD
    _leg_vast(soort, toepassing, "", door, reden, op)
    return toepassing


def _bewaar(
    toepassing: Toepassing,
    rechten: Rechten,
    prefix: str,
    verloopt_op: datetime,
    op: datetime,
    **sleutel: str,
) -> None:
    Token.objects.create(
        toepassing=toepassing,
        prefix=prefix,
        scopes=sorted(rechten.scopes),
        doelen=sorted(rechten.doelen),
        velden=sorted(rechten.velden),
        netwerken=sorted(rechten.netwerken),
        gemaakt_op=op,
        verloopt_op=verloopt_op,
        **sleutel,
    )


def _leg_vast(
    soort: Rechtenhandeling.Soort,
    toepassing: Toepassing,
    prefix: str,
    door: str,
    reden: str,
    op: datetime,
) -> None:
    if not reden.strip():
        raise OngeldigRecht("geef een reden")
    Rechtenhandeling.objects.create(
        soort=soort, toepassing=toepassing, prefix=prefix, door=door, reden=reden, gedaan_op=op
    )
