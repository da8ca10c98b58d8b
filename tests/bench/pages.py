"""`make bench-pages`: what a page costs the processor, against an empty page with the same shell.

Both pass the same middleware, login and base template, in turns on the same machine, so the ratio
does not depend on how busy it is. Writes var/bench/pages.json; not collected by a plain run.
"""

import gzip
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from pytest_django import Settings

from tests.inloggen import inloggen
from tests.voorkant.paginas import LIJST, Pagina, mensen

UIT = Path(__file__).resolve().parents[2] / "var" / "bench" / "pages.json"
RONDES = 40
ANDERS = ("/inloggen/", "/sessie", "/uitgelogd", "/dit-was", "/bestaat-niet/", "/downloaden/0")
"""Addresses that lead away, or say that something is not there."""
LEEG = (
    '{% extends "basis.html" %}{% block titel %}Leeg{% endblock %}{% block inhoud %}{% endblock %}'
)


def telt(pagina: Pagina) -> bool:
    """A page that is reached by its address alone, with the rows as `mensen` makes them."""
    zelf = pagina.stap is None and pagina.klaar in {None, mensen}
    return zelf and not pagina.pad.startswith(ANDERS)


@cache
def leeg_sjabloon() -> Any:
    """Compiled once, as a template of a file is."""
    return engines["django"].from_string(LEEG)


@login_not_required
def leeg(request: HttpRequest) -> HttpResponse:
    """The shell of every page and nothing in it."""
    return HttpResponse(leeg_sjabloon().render({}, request))


urlpatterns = [path("leeg/", leeg), path("", include("portal.urls"))]


def vraag(adres: str, cookies: str) -> Callable[[], HttpResponse]:
    """A function that lets the whole portal answer this address once."""
    handler = WSGIHandler()

    def doe() -> HttpResponse:
        verzoek = RequestFactory().get(adres, headers={"cookie": cookies})
        return handler.get_response(verzoek)

    return doe


def tijd(doe: Callable[[], HttpResponse]) -> float:
    """Seconds of processor time of this process for one answer."""
    begin = time.process_time()
    doe()
    return time.process_time() - begin


def meet(adres: str, cookies: str) -> dict[str, float]:
    """The ratio to the empty page, milliseconds of both, queries and size of one page."""
    pagina, niets = vraag(adres, cookies), vraag("/leeg/", cookies)
    for _ in range(5):  # templates and connections are warm in a running portal
        pagina()
        niets()
    tijden = [(tijd(pagina), tijd(niets)) for _ in range(RONDES)]
    with CaptureQueriesContext(connection) as vragen:
        antwoord = pagina()
    assert antwoord.status_code == 200, f"{adres}: {antwoord.status_code}"
    return {
        "ratio_to_empty": round(median(vol / leeg for vol, leeg in tijden), 2),
        "cpu_ms": round(median(vol for vol, _ in tijden) * 1000, 1),
        "empty_cpu_ms": round(median(leeg for _, leeg in tijden) * 1000, 1),
        "queries": len(vragen),
        "transfer_kb": round(len(gzip.compress(antwoord.content)) / 1000, 1),
    }


def meet_in_een_draad(adres: str, cookies: str) -> dict[str, float]:
    """As the web server answers: in a thread that has nothing else on its stack.

    Below the many frames of pytest, CPython 3.11 maps and unmaps a piece of stack at every call in
    some loop of a template, hundreds of times a page; which loop depends on the depth.
    """

    def doe() -> dict[str, float]:
        try:
            return meet(adres, cookies)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as draad:
        return draad.submit(doe).result()


def cookies_van(wie: str, middel: str) -> str:
    """The cookies of somebody who logged in; none for nobody."""
    client = Client()
    if wie:
        inloggen(client, wie, middel=middel)
    return "; ".join(f"{koekje.key}={koekje.value}" for koekje in client.cookies.values())


@pytest.mark.timeout(600)
def test_meet_elke_bladzijde(echte_transacties: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    mensen()
    uitslag = {}
    for pagina in filter(telt, LIJST):
        cookies = cookies_van(pagina.wie, pagina.middel)
        uitslag[pagina.naam.replace("-", "_")] = meet_in_een_draad(pagina.pad, cookies)
    UIT.parent.mkdir(parents=True, exist_ok=True)
    UIT.write_text(json.dumps(uitslag, indent=2) + "\n")
    assert uitslag["mijn_gegevens"]["queries"] <= 6
