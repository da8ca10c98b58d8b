"""Eén bericht ondertekenen en posten; wat het antwoord betekent staat in `vervolg`."""

import asyncio
import datetime as dt
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from uuid import UUID

import aiohttp
from standardwebhooks.webhooks import Webhook

from portal.sporen import stap_van
from portal.webhooks.bestemming import AdresGeweigerd

ANTWOORD_BYTES = 4096
ANTWOORD_TEKENS = 1000
VERBINDEN = 5.0
ADRES_GEWEIGERD = ("adres-geweigerd", "token-adres-geweigerd")
"""Foutsoorten: de ontvanger, of waar zijn token vandaan komt, staat waar wij niet heen mogen."""
CLOUDEVENTS = "application/cloudevents+json; charset=utf-8"


def _versie() -> str:
    try:
        return version("eigen-regie")
    except PackageNotFoundError:
        return "0"


USER_AGENT = f"klantportaal/{_versie()}"


@dataclass(frozen=True)
class Antwoord:
    """Wat er terugkwam; `status` None met een `foutsoort` als er geen heel antwoord was."""

    status: int | None
    duur_ms: int
    foutsoort: str = ""
    tekst: str = ""
    retry_after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Doel:
    """Waarheen en hoe: `tls` False alleen voor de demo, `wacht` in seconden voor het geheel."""

    url: str
    wacht: float
    tls: ssl.SSLContext | bool


@lru_cache(maxsize=1024)
def _webhook(geheim: str) -> Webhook:
    return Webhook(geheim)


def handtekening(geheimen: Sequence[str], id_: UUID, op: dt.datetime, inhoud: bytes) -> str:
    """De waarde van `webhook-signature`: één per geldig geheim, de nieuwste eerst.

    The library relabels any aware time as UTC, so it only gets UTC.
    """
    moment, tekst = op.astimezone(dt.UTC), inhoud.decode()
    return " ".join(_webhook(geheim).sign(str(id_), moment, tekst) for geheim in geheimen)


def koppen(
    *, id_: UUID, op: dt.datetime, inhoud: bytes, geheimen: Sequence[str], herkomst: str
) -> dict[str, str]:
    """De koppen van één poging; elke poging opnieuw ondertekend met wat dan geldig is."""
    return {
        "Content-Type": CLOUDEVENTS,
        "User-Agent": USER_AGENT,
        "WebHook-Request-Origin": herkomst,
        "webhook-id": str(id_),
        "webhook-timestamp": str(int(op.timestamp())),
        "webhook-signature": handtekening(geheimen, id_, op, inhoud),
    }


async def bezorg(
    sessie: aiohttp.ClientSession, doel: Doel, inhoud: bytes, kop: dict[str, str]
) -> Antwoord:
    """Post één keer; een fout van de ontvanger wordt een Antwoord, geen exception."""
    bericht = kop.get("webhook-id")
    with stap_van(UUID(bericht) if bericht else None) as (span, spoor):
        antwoord = await _post(sessie, doel, inhoud, kop | spoor)
        span.set_attribute("http.response.status_code", antwoord.status or 0)
        span.set_attribute("uitkomst", antwoord.foutsoort or "antwoord")
    return antwoord


async def _post(
    sessie: aiohttp.ClientSession, doel: Doel, inhoud: bytes, kop: dict[str, str]
) -> Antwoord:
    begin = time.monotonic()
    try:
        async with sessie.post(
            doel.url,
            data=inhoud,
            headers=kop,
            ssl=doel.tls,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=doel.wacht, connect=min(VERBINDEN, doel.wacht)),
        ) as antwoord:
            tekst = await _lees(antwoord)
            return Antwoord(
                antwoord.status,
                _ms(begin),
                tekst=schoon(tekst),
                retry_after=antwoord.headers.get("Retry-After"),
            )
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as fout:
        return Antwoord(None, _ms(begin), foutsoort=foutsoort(fout))


async def _lees(antwoord: aiohttp.ClientResponse) -> bytes:
    """Lees hooguit 4 kB; wie meer stuurt, verliest zijn verbinding."""
    gelezen = b""
    while len(gelezen) < ANTWOORD_BYTES and not antwoord.content.at_eof():
        gelezen += await antwoord.content.read(ANTWOORD_BYTES - len(gelezen))
    if not antwoord.content.at_eof():
        antwoord.close()
    return gelezen


def _ms(begin: float) -> int:
    return int((time.monotonic() - begin) * 1000)


def schoon(inhoud: bytes) -> str:
    """Voor het logboek van dit abonnement: afgekapt, zonder besturingstekens."""
    tekst = inhoud.decode(errors="replace")[:ANTWOORD_TEKENS]
    return "".join(teken if teken.isprintable() else " " for teken in tekst)


def foutsoort(fout: BaseException) -> str:
    """Een kort woord voor de fout, nooit haar tekst: daar staan adressen in."""
    oorzaak = getattr(fout, "os_error", None) or fout.__cause__ or fout
    for soort, woord in (
        (AdresGeweigerd, "adres-geweigerd"),
        (aiohttp.ClientConnectorDNSError, "naam-onbekend"),
        (aiohttp.ClientConnectorCertificateError, "certificaat"),
        (aiohttp.ClientSSLError, "tls"),
        (ssl.SSLError, "tls"),
        (asyncio.TimeoutError, "te-laat"),
        (ConnectionRefusedError, "geweigerd"),
        (ConnectionResetError, "afgebroken"),
        (aiohttp.ServerDisconnectedError, "afgebroken"),
        (aiohttp.ClientPayloadError, "antwoord-afgekapt"),
        (aiohttp.ClientConnectorError, "geen-verbinding"),
    ):
        if isinstance(fout, soort) or isinstance(oorzaak, soort):
            return woord
    return "onverwacht"
