"""The one way out to a neighbour: bounded in time and size, checked, and silent about people.

Connect 2 s, whole call 5 s, one try, no redirects, no proxy from the environment, at most 1 MB.
An answer counts only when it fits the shape that the adapter expects. A failure is one log line
with the neighbour, the reason and the duration; never an address, a body or a library's text.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from portal.registers import instellingen, onderbreker, stand
from portal.registers.grens import BegrensdTransport
from portal.sporen import stap

logger = logging.getLogger(__name__)

VERBINDEN_SECONDEN = 2.0
GEHEEL_SECONDEN = 5.0
HOOGSTENS_BYTES = 1_000_000

Vorm = TypeVar("Vorm", bound=BaseModel)


class Antwoordvorm(BaseModel):
    """The shape of an answer: only named fields are read, types are not guessed."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, alias_generator=to_camel)


class Buurstoring(Exception):
    """A neighbour gave nothing usable; `reden` is a fixed word, safe to show and to log."""

    def __init__(self, reden: str) -> None:
        self.reden = reden
        super().__init__(reden)


class Onbereikbaar(Buurstoring):
    """No answer, or one that says: not now. Later may be better."""


class OnbruikbaarAntwoord(Buurstoring):
    """There was an answer, but it is not what was asked; nothing of it is used."""


class Geweigerd(Buurstoring):
    """The neighbour is well and says no to this question; `status` is its 4xx."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"status-{status}")


class NietGekoppeld(Buurstoring):
    """This neighbour is not configured: the product works without it."""

    def __init__(self) -> None:
        super().__init__("niet-gekoppeld")


@dataclass(frozen=True)
class Buur:
    """A configured neighbour: its name, base URL without closing slash, and how we log in."""

    naam: str
    url: str
    koppen: Mapping[str, str] = field(repr=False, default_factory=dict)
    certificaat: str = ""


def buur(naam: str) -> Buur:
    """Return the neighbour as it is configured now; raises NietGekoppeld."""
    instelling = instellingen.instelling(naam)
    if not instelling["url"]:
        raise NietGekoppeld
    koppen = {**instellingen.SOORTEN[naam].koppen(instelling), **instellingen.extra_koppen(naam)}
    return Buur(naam, instelling["url"].rstrip("/"), koppen, instelling["certificaat"])


@dataclass(frozen=True)
class Vraag:
    """One question; `pad` starts with a slash, `inhoud` is sent as JSON."""

    methode: str
    pad: str
    zoek: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    inhoud: Mapping[str, object] | None = field(default=None, repr=False)
    koppen: Mapping[str, str] = field(default_factory=dict)


def pad_van(aan: Buur, url: str) -> str:
    """Return the path of a URL that this neighbour gave; never follow one that leads elsewhere.

    Raises OnbruikbaarAntwoord.
    """
    pad = url.removeprefix(aan.url)
    if pad == url or not re.fullmatch(r"(/[\w-]+)+(\?[\w=&%.-]*)?", pad):
        raise OnbruikbaarAntwoord("vreemd-adres")
    return pad


def vraag(
    aan: Buur, wat: Vraag, vorm: type[Vorm], past: Callable[[Vorm], bool] = lambda _: True
) -> Vorm:
    """Ask and return the checked answer; `past` says whether it is about who we asked for.

    Raises Onbereikbaar, OnbruikbaarAntwoord or Geweigerd.
    """

    def lees(inhoud: bytes) -> Vorm:
        antwoord = _gelezen(inhoud, vorm)
        if not past(antwoord):
            raise OnbruikbaarAntwoord("ander-subject")
        return antwoord

    return _beurt(aan, wat, lees)


def zend(aan: Buur, wat: Vraag) -> None:
    """Ask for an act whose answer we need not read (DELETE); raises as `vraag` does."""
    _beurt(aan, wat, lambda _: None)


_Uit = TypeVar("_Uit")


def _beurt(aan: Buur, wat: Vraag, lees: Callable[[bytes], _Uit]) -> _Uit:
    """One turn through breaker, call and reading; the outcome is counted once and told once."""
    kring = onderbreker.van(aan.naam)
    if dicht := kring.begin():
        raise Onbereikbaar(dicht)
    begin, storing = time.monotonic(), "onverwacht"
    with stap(f"buur {aan.naam}") as span:
        try:
            uitkomst = lees(_inhoud(aan, wat, begin + GEHEEL_SECONDEN))
            storing = ""
        except Geweigerd:
            storing = ""
            raise
        except Buurstoring as fout:
            storing = fout.reden
            raise
        finally:
            kring.eindig(goed=not storing)
            span.set_attribute("uitkomst", storing or "goed")
            _vertel(aan.naam, storing, begin)
    return uitkomst


def _vertel(naam: str, storing: str, begin: float) -> None:
    if storing:
        duur = round((time.monotonic() - begin) * 1000)
        logger.warning("buur.storing", extra={"buur": naam, "reden": storing, "duur_ms": duur})
    stand.leg_vast(naam, storing)


def _inhoud(aan: Buur, wat: Vraag, einde: float) -> bytes:
    transport = BegrensdTransport(einde=einde, certificaat=aan.certificaat)
    tijd = httpx.Timeout(GEHEEL_SECONDEN, connect=VERBINDEN_SECONDEN)
    try:
        with (
            httpx.Client(transport=transport, trust_env=False, timeout=tijd) as client,
            client.stream(
                wat.methode,
                aan.url + wat.pad,
                params=dict(wat.zoek) or None,
                json=wat.inhoud,
                headers=_koppen(aan, wat),
                follow_redirects=False,
            ) as antwoord,
        ):
            _eis_bruikbaar(antwoord)
            return _begrensd(antwoord)
    except httpx.TimeoutException:
        raise Onbereikbaar("te-traag") from None
    except httpx.ConnectError:
        raise Onbereikbaar("geen-verbinding") from None
    except httpx.HTTPError:
        raise Onbereikbaar("afgebroken") from None


def _koppen(aan: Buur, wat: Vraag) -> dict[str, str]:
    return {
        "Accept": "application/json, application/hal+json, application/problem+json",
        "Accept-Encoding": "identity",
        "User-Agent": "klantportaal",
        **aan.koppen,
        **wat.koppen,
    }


def _eis_bruikbaar(antwoord: httpx.Response) -> None:
    """A redirect is never followed; 401, 403, 408, 429 and 5xx mean the neighbour is unwell."""
    status = antwoord.status_code
    if 300 <= status < 400:
        raise OnbruikbaarAntwoord("omleiding")
    if status >= 500 or status in {401, 403, 408, 429}:
        raise Onbereikbaar(f"status-{status}")
    if status >= 400:
        raise Geweigerd(status)
    if status == 204:
        return
    soort = antwoord.headers.get("content-type", "").partition(";")[0].strip().lower()
    if soort != "application/json" and not soort.endswith("+json"):
        raise OnbruikbaarAntwoord("geen-json")
    if antwoord.headers.get("content-encoding", "identity") != "identity":
        raise OnbruikbaarAntwoord("ingepakt")


def _begrensd(antwoord: httpx.Response) -> bytes:
    delen, lengte = [], 0
    for deel in antwoord.iter_raw():
        lengte += len(deel)
        if lengte > HOOGSTENS_BYTES:
            raise OnbruikbaarAntwoord("te-groot")
        delen.append(deel)
    return b"".join(delen)


def _gelezen(inhoud: bytes, vorm: type[Vorm]) -> Vorm:
    """Text first, then JSON, then shape: each its own reason, none with the content in it."""
    try:
        tekst = inhoud.decode()
    except UnicodeDecodeError:
        raise OnbruikbaarAntwoord("tekens") from None
    try:
        return vorm.model_validate_json(tekst)
    except ValidationError as fout:
        ongeldig = fout.errors(include_input=False, include_url=False)[0]["type"] == "json_invalid"
        raise OnbruikbaarAntwoord("geen-json" if ongeldig else "schema") from None
