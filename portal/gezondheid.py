"""Is this process alive, can it serve, and how is it doing: for machines, without personal data."""

import secrets
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import REGISTRY, Collector

PLPGSQL = "do $$ begin perform 1; end $$"
"""Fails too when the server was upgraded under a running postmaster (docs/handboek.md)."""
PADEN = ("/health/live", "/health/ready", "/metrics")


class Peiling:
    """Answer `PADEN` at once, before the name in the request or the crowd at the door counts.

    Who probes or scrapes a process calls it by its own address, which is in no ALLOWED_HOSTS, and
    wants to know how it goes above all when it is busy. What the proxy passed on comes from
    outside: for that these pages do not exist, whatever the proxy lets through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in PADEN:
            return self.get_response(request)
        if settings.ACHTER_PROXY and "X-Forwarded-For" in request.headers:
            return HttpResponse(status=404)
        request.resolver_match = resolve(request.path)
        antwoord: HttpResponse = request.resolver_match.func(request)
        return antwoord


class Cijferbron(Collector):
    """Figures that are read at the moment they are asked."""

    def __init__(self, bron: Callable[[], Iterable[Metric]]) -> None:
        self._bron = bron

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not need a database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Ask the source now."""
        yield from self._bron()


def toon_cijfers(bron: Callable[[], Iterable[Metric]]) -> None:
    """Hang a source of figures on /metrics; call it once, in `apps.ready()`."""
    REGISTRY.register(Cijferbron(bron))


@require_safe
@never_cache
def leeft(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process can answer at all; asks nobody anything."""
    return JsonResponse({"leeft": True})


@require_safe
@never_cache
def gereed(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503: send no requests here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(PLPGSQL)
    except DatabaseError:
        return JsonResponse({"gereed": False, "reden": "databank"}, status=503)
    return JsonResponse({"gereed": True})


@require_safe
@never_cache
def cijfers(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for who has METRICS_TOKEN; without that setting there is no page."""
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404)
    verwacht = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not secrets.compare_digest(request.headers.get("Authorization", "").encode(), verwacht):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
