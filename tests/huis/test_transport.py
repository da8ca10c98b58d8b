"""The rules of internet.nl and the DigiD norms on every answer that the portal can give.

Every address of the resolver, as nobody and as Noor, with a GET and with methods that it does not
know; besides what lies outside it: static files, errors, redirects, an unknown path. Sources:
internet.nl `checks/tasks/http_headers.py`, Normenkader DigiD 3.0 (U/WA.05, U/PW.02, U/PW.03).
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from gereedschap.als_productie import omgeving
from tests.huis.conftest import BASIS
from tests.inloggen import inloggen

VUL_IN = re.compile(r"<(?:(\w+):)?\w+>")
VOORBEELD = {"int": "1", "uuid": "7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001"}
ELDERS = ["/bestaat-niet/", "/static/portal.js", "/?q=%00", "/api/bestaat-niet", "/favicon.ico",
          "/.git/config", "/static/", "/beheer/bestaat-niet/"]  # fmt: skip
NAAR_BUITEN = re.compile(r"^https://[a-z0-9.-]+(:\d+)?$")
JAAR = 31_536_000
OPENBAAR: defaultdict[str, set[str]] = defaultdict(set)
OPENBAAR |= {
    # The design rules for APIs of the government want documents readable from any page.
    "/api/v1/openapi.json": {"Access-Control-Allow-Origin"},
    "/klanten/api/v1/openapi.json": {"Access-Control-Allow-Origin"},
    "/notificaties/api/v1/openapi.json": {"Access-Control-Allow-Origin"},
    # Public keys, kept for a while by who checks a signature.
    "/inloggen/sleutels/": {"no-store"},
}


def paden(resolver: URLResolver, begin: str = "/") -> Iterator[str]:
    """Every address that a route can stand for, with an example for each variable in it."""
    for deel in resolver.url_patterns:
        if not isinstance(deel.pattern, RoutePattern):
            continue  # the catch-all of Django admin
        pad = begin + VUL_IN.sub(lambda m: VOORBEELD.get(m[1] or "", "x"), deel.pattern._route)
        if isinstance(deel, URLPattern):
            yield pad
        else:
            yield from paden(deel, pad)


def _csp(beleid: dict[str, str]) -> Iterator[str]:
    if beleid.get("default-src") not in {"'none'", "'self'"}:
        yield "default-src"
    if beleid.get("base-uri") not in {"'none'", "'self'"}:
        yield "base-uri"
    yield from {"form-action", "frame-ancestors"} - set(beleid)
    for naam, bronnen in beleid.items():
        for bron in bronnen.split():
            if bron not in {"'none'", "'self'"} and not NAAR_BUITEN.match(bron):
                yield f"{naam} {bron}"


def _koppen(antwoord: HttpResponse) -> Iterator[str]:
    beleid = (
        deel.strip().partition(" ") for deel in antwoord["Content-Security-Policy"].split(";")
    )
    yield from _csp({naam: bronnen for naam, _, bronnen in beleid})
    duur = re.match(r"max-age=(\d+)", antwoord.get("Strict-Transport-Security", ""))
    if not duur or int(duur[1]) < JAAR:
        yield "Strict-Transport-Security"
    for naam, goed in (
        ("X-Content-Type-Options", {"nosniff"}),
        ("X-Frame-Options", {"DENY", "SAMEORIGIN"}),
        ("Referrer-Policy", {"same-origin", "no-referrer"}),
        ("Server", {"portaal"}),  # no product and no version; the web server names itself otherwise
        ("X-Powered-By", {""}),
        ("Access-Control-Allow-Origin", {""}),
    ):
        if antwoord.get(naam, "") not in goed:
            yield naam


def mankementen(pad: str, antwoord: HttpResponse) -> list[str]:
    """What one answer lacks; nothing is what it should be."""
    gevonden = list(_koppen(antwoord))
    soort = antwoord.get("Content-Type", "")
    if soort.startswith("text/") and "charset" not in soort and not pad.startswith("/static/"):
        gevonden.append("charset")
    if not pad.startswith("/static/") and "no-store" not in antwoord["Cache-Control"]:
        gevonden.append("no-store")
    gevonden += [f"koekje {koek.key}" for koek in antwoord.cookies.values() if not _dicht(koek)]
    return [f"{antwoord.status_code} {pad}: {wat}" for wat in gevonden if wat not in OPENBAAR[pad]]


def _dicht(koek: Any) -> bool:
    return bool(koek["secure"] and koek["httponly"] and koek["samesite"] and koek["path"] == "/")


@pytest.fixture
def als_buiten(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What production sets and the demo does not: TLS, and providers with https."""
    settings.SECURE_HSTS_SECONDS = JAAR
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    monkeypatch.setattr("portal.koppen.uitlogadressen", lambda: ["https://inloggen.example/uit"])


def alle(vraag: Callable[[str], Any]) -> list[str]:
    """Ask every address; return what is wrong with the answers, all of them at once."""
    adressen = [*paden(get_resolver()), *ELDERS]
    assert len(adressen) > 150
    gevonden = []
    for pad in adressen:
        antwoord = vraag(pad)
        gevonden += mankementen(pad, antwoord)
        antwoord.close()
    return gevonden


def _vrager(client: Client, methode: str) -> Callable[[str], Any]:
    return lambda pad: client.generic(methode, pad, secure=True)


@pytest.mark.lang
@pytest.mark.django_db
@pytest.mark.usefixtures("als_buiten")
@pytest.mark.parametrize("wie", ["niemand", "noor"])
@pytest.mark.parametrize("methode", ["GET", "POST"])
def test_elk_antwoord_voldoet(wie: str, methode: str) -> None:
    client = Client(raise_request_exception=False)
    if wie == "noor":
        inloggen(client)

    assert alle(_vrager(client, methode)) == []


@pytest.mark.lang
@pytest.mark.django_db
@pytest.mark.usefixtures("als_buiten")
def test_een_methode_die_niemand_noemt_wordt_nergens_uitgevoerd() -> None:
    """U/PW.02: an allow-list of methods per address."""
    client = Client(raise_request_exception=False)
    inloggen(client)
    uitgevoerd = []

    def vraag(pad: str) -> Any:
        antwoord = client.generic("TRACE", pad, secure=True)
        uitgevoerd.extend([pad] if antwoord.status_code < 300 else [])
        return antwoord

    assert alle(vraag) == []
    assert uitgevoerd == []


@pytest.mark.parametrize(
    ("kop", "waarde"),
    [
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'"),
        ("Content-Security-Policy", "default-src *; base-uri 'none'"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action http://x.nl"),
        ("Strict-Transport-Security", "max-age=86400"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "unsafe-url"),
        ("Server", "granian/2.8"),
        ("Cache-Control", "public"),
        ("Content-Type", "text/html"),
    ],
)
@pytest.mark.usefixtures("als_buiten")
def test_een_kop_die_niet_voldoet_valt_op(kop: str, waarde: str) -> None:
    antwoord = Client().get("/health/live", secure=True)
    assert mankementen("/health/live", antwoord) == []
    antwoord[kop] = waarde

    assert mankementen("/health/live", antwoord)


PRODUCTIE = """
import json, django; django.setup()
from django.conf import settings
from django.test import Client
SOORTEN = ("SESSION", "CSRF", "LANGUAGE")
host = settings.ALLOWED_HOSTS[0]
open_ = Client(headers={"host": host}).get("/toegankelijkheid/")
print(json.dumps({
    "koekjes": [getattr(settings, f"{naam}_COOKIE_NAME") for naam in SOORTEN],
    "veilig": [getattr(settings, f"{naam}_COOKIE_SECURE") for naam in SOORTEN],
    "zonder_tls": [open_.status_code, open_.get("Location", "")],
    "debug": settings.DEBUG, "host": host,
}))
"""


@pytest.mark.lang
def test_productie_kent_alleen_koekjes_van_de_host_en_geen_http(tmp_path: Path) -> None:
    uit = subprocess.run(
        [sys.executable, "-c", PRODUCTIE], cwd=BASIS, capture_output=True, text=True, check=True,
        env=omgeving(tmp_path) | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
    )  # fmt: skip

    stand = json.loads(uit.stdout)
    assert all(naam.startswith("__Host-") for naam in stand["koekjes"])
    assert stand["veilig"] == [True, True, True]
    assert stand["zonder_tls"] == [301, f"https://{stand['host']}/toegankelijkheid/"]
    assert stand["debug"] is False
