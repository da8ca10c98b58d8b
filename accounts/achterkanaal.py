"""The only outgoing calls of a login: one time budget, one size limit, nothing followed.

Discovery and keys are fetched at first use and kept per process; when a provider fails, the last
good copy serves for a day.
"""

import json
import logging
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings
from django.utils.module_loading import import_string
from urllib3.exceptions import HTTPError

from accounts.controles import Afgewezen
from accounts.providers import Aanbieder, aanbieders

log = logging.getLogger("accounts.inloggen")
BUDGET, PER_AANROEP, MAX_BYTES = 8.0, 5.0, 64 * 1024
VERS_MIN, VERS, OUD = 300, 3600, 86_400
OPNIEUW = 30
Document = dict[str, Any]


class Druk(Exception):
    """Too many logins come back at once in this process."""


_poort = threading.BoundedSemaphore(settings.INLOG_TEGELIJK)


@contextmanager
def plaats() -> Iterator[None]:
    """Take one of the few places for calls to providers; raises Druk at once when all are taken.

    A provider that answers drop by drop can then hold some threads, never all of them.
    """
    if not _poort.acquire(blocking=False):
        raise Druk
    try:
        yield
    finally:
        _poort.release()


class Budget:
    """The time all calls of one callback may take together."""

    def __init__(self, seconden: float = BUDGET) -> None:
        self.einde = time.monotonic() + seconden

    def over(self) -> float:
        """Seconds left; raises Afgewezen when there are none."""
        over = self.einde - time.monotonic()
        if over <= 0:
            raise Afgewezen("aanbieder", "tijd")
        return over


@dataclass(frozen=True)
class Antwoord:
    """What a provider answered with status 200; `leeft` is its max-age in seconds, if any."""

    inhoud: bytes
    soort: str
    leeft: int | None = None


def _sessie(aanbieder: Aanbieder) -> requests.Session:
    sessie = requests.Session()
    sessie.trust_env = False
    if settings.INLOG_CA_BESTAND:
        sessie.verify = settings.INLOG_CA_BESTAND
    if aanbieder.transport:
        sessie.mount(aanbieder.issuer, import_string(aanbieder.transport)())
    return sessie


def _lees(antwoord: requests.Response, einde: float) -> bytes:
    """Read against a clock: a time-out alone does not stop an answer that drips."""
    inhoud = b""
    while blok := antwoord.raw.read1(8192, decode_content=True):
        inhoud += blok
        if len(inhoud) > MAX_BYTES or time.monotonic() > einde:
            raise Afgewezen("aanbieder", "omvang of tijd")
    return inhoud


def _max_age(koppen: Mapping[str, str]) -> int | None:
    gevonden = re.search(r"max-age=([0-9]{1,9})", koppen.get("Cache-Control", ""))
    return int(gevonden[1]) if gevonden else None


def roep(aanbieder: Aanbieder, methode: str, url: str, budget: Budget, **opties: Any) -> Antwoord:
    """Call the provider; raises Afgewezen("aanbieder") for anything but a small, quick 200."""
    seconden = min(PER_AANROEP, budget.over())
    einde = time.monotonic() + seconden
    try:
        with (
            _sessie(aanbieder) as sessie,
            sessie.request(
                methode, url, timeout=seconden, stream=True, allow_redirects=False, **opties
            ) as antwoord,
        ):
            if antwoord.status_code != 200:
                raise Afgewezen("aanbieder", f"status {antwoord.status_code}")
            soort = antwoord.headers.get("Content-Type", "").lower()
            return Antwoord(_lees(antwoord, einde), soort, _max_age(antwoord.headers))
    except (requests.RequestException, HTTPError, OSError, ValueError) as fout:
        raise Afgewezen("aanbieder", type(fout).__name__) from None


def als_object(antwoord: Antwoord) -> Document:
    """Parse a JSON object; raises Afgewezen("aanbieder") for anything else."""
    try:
        document = json.loads(antwoord.inhoud)
    except (ValueError, RecursionError):
        raise Afgewezen("aanbieder", "geen JSON") from None
    if not isinstance(document, dict):
        raise Afgewezen("aanbieder", "geen object")
    return document


@dataclass
class _Bewaard:
    document: Document
    opgehaald: float
    leeft: float


_voorraad: dict[tuple[str, str], _Bewaard] = {}


def vergeet() -> None:
    """Drop every cached document of this process."""
    _voorraad.clear()


def _haal(aanbieder: Aanbieder, url: str, budget: Budget) -> _Bewaard:
    antwoord = roep(aanbieder, "GET", url, budget)
    leeft = VERS if antwoord.leeft is None else min(max(antwoord.leeft, VERS_MIN), OUD)
    return _Bewaard(als_object(antwoord), time.time(), leeft)


def _bewaard(aanbieder: Aanbieder, url: str, budget: Budget, *, ouder_dan: float) -> Document:
    """Return a cached document unless it is too old; on failure the last good one, up to a day."""
    sleutel = (aanbieder.issuer, url)
    oud = _voorraad.get(sleutel)
    leeftijd = time.time() - oud.opgehaald if oud else OUD
    if oud and leeftijd < min(oud.leeft, ouder_dan):
        return oud.document
    try:
        _voorraad[sleutel] = _haal(aanbieder, url, budget)
    except Afgewezen as fout:
        if not oud or leeftijd >= OUD:
            raise
        log.warning("aanbieder.storing", extra={"aanbieder": aanbieder.slug, "bij": fout.detail})
        return oud.document
    return _voorraad[sleutel].document


def _eindpunten(aanbieder: Aanbieder) -> list[str]:
    namen = ["authorization_endpoint", "token_endpoint", "jwks_uri"]
    return namen + (["userinfo_endpoint"] if aanbieder.claims_uit == "userinfo" else [])


def ontdek(aanbieder: Aanbieder, budget: Budget) -> Document:
    """Return the discovery document; raises Afgewezen when it is not this provider's own."""
    url = f"{aanbieder.issuer.rstrip('/')}/.well-known/openid-configuration"
    document = _bewaard(aanbieder, url, budget, ouder_dan=OUD)
    if document.get("issuer") != aanbieder.issuer:
        log.error("aanbieder.andere_uitgever", extra={"aanbieder": aanbieder.slug})
        raise Afgewezen("aanbieder", "andere uitgever")
    mag = ("https://", "http://") if settings.DEMO else ("https://",)
    for naam in _eindpunten(aanbieder):
        if not str(document.get(naam, "")).startswith(mag):
            raise Afgewezen("aanbieder", f"geen {naam}")
    return document


def sleutels(aanbieder: Aanbieder, budget: Budget, *, ververs: bool = False) -> list[Document]:
    """Return the provider's keys; with `ververs` fetch them again, at most once per 30 seconds."""
    url = str(ontdek(aanbieder, budget)["jwks_uri"])
    document = _bewaard(aanbieder, url, budget, ouder_dan=OPNIEUW if ververs else OUD)
    lijst = document.get("keys")
    if not isinstance(lijst, list):
        raise Afgewezen("aanbieder", "geen sleutels")
    return [sleutel for sleutel in lijst if isinstance(sleutel, dict)]


def uitlogadressen() -> list[str]:
    """Where a logout may end at a provider, for the policy of the pages; asks nobody anything.

    Known from discovery, which every login did before; until then the issuer stands in for it.
    """
    gevonden = []
    for aanbieder in aanbieders().values():
        url = f"{aanbieder.issuer.rstrip('/')}/.well-known/openid-configuration"
        bewaard = _voorraad.get((aanbieder.issuer, url))
        eindpunt = bewaard.document.get("end_session_endpoint") if bewaard else None
        gevonden.append(eindpunt if isinstance(eindpunt, str) else aanbieder.issuer)
    return gevonden
