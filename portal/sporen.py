"""Traces for OpenTelemetry, sent when SPOREN_URL is set; they name what was done, never for whom.

A span holds a route (`mijn-gegevens/naam/`, never an address that was asked), a status and fixed
words. The public instrumentations write URLs, SQL and texts of exceptions: none of them is used
(docs/besluiten, 0110).
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_spoor: trace.Tracer | None = None
"""None: nobody collects, and a step costs nothing."""
_w3c = TraceContextTextMapPropagator()
_van_bericht: ContextVar[int] = ContextVar("bericht", default=0)
METHODEN = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Nummers(RandomIdGenerator):
    """Random numbers, except for the trace of a message: that is its `webhook-id`."""

    def generate_trace_id(self) -> int:
        """Number a new trace."""
        return _van_bericht.get() or super().generate_trace_id()


def maak() -> TracerProvider:
    """A provider without exporters; every span counts, whatever a caller says about sampling."""
    wie = Resource.create({"service.name": "eigen-regie", "service.instance.id": os.getpid()})
    return TracerProvider(sampler=ALWAYS_ON, resource=wie, id_generator=Nummers())


@cache
def begin() -> None:
    """Send the spans of this process to SPOREN_URL (OTLP over HTTP); without that do nothing."""
    global _spoor
    if not settings.SPOREN_URL:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    leverancier = maak()
    leverancier.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.SPOREN_URL)))
    _spoor = leverancier.get_tracer("eigen-regie")


def kop_van(bericht: UUID) -> str:
    """The `traceparent` of a message: its trace is its own `webhook-id`, each attempt a span of it.

    Who reads the klant because of it sends the header along: the line in the logboek then says
    which message made them look.
    """
    return f"00-{bericht.hex}-{os.urandom(8).hex()}-01"


@contextmanager
def stap_van(bericht: UUID | None) -> Iterator[tuple[trace.Span, dict[str, str]]]:
    """One attempt to deliver: a span at the root of the trace of its message, and the header.

    Who follows the header then hangs below this span. Without a collector there is no span, and
    the header has a number of its own; a form without `webhook-id` (VNG) has no header.
    """
    if _spoor is None:
        yield trace.INVALID_SPAN, {"traceparent": kop_van(bericht)} if bericht else {}
        return
    terug = _van_bericht.set(bericht.int if bericht else 0)
    try:
        with stap("webhook bezorgen", {"traceparent": ""}) as span:
            kop: dict[str, str] = {}
            _w3c.inject(kop)
            yield span, {"traceparent": kop.get("traceparent", kop_van(bericht))} if bericht else {}
    finally:
        _van_bericht.reset(terug)


@contextmanager
def stap(naam: str, koppen: Mapping[str, str] | None = None) -> Iterator[trace.Span]:
    """One span, under the trace that `koppen` name or the one that is open.

    The text of an exception stays out of it: a library may quote what was sent.
    """
    if _spoor is None:
        yield trace.INVALID_SPAN
        return
    ouder = _w3c.extract(koppen) if koppen else None
    with _spoor.start_as_current_span(
        naam, context=ouder, record_exception=False, set_status_on_exception=False
    ) as span:
        yield span


class Sporen:
    """A span around each request; what follows in it, the logboek too, joins its trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        begin()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        van = {"traceparent": request.META.get("HTTP_TRACEPARENT", "")}
        methode = request.method if request.method in METHODEN else "_OTHER"
        with stap(str(methode), van) as span:
            kop: dict[str, str] = {}
            _w3c.inject(kop)
            request.META["HTTP_TRACEPARENT"] = kop.get("traceparent", van["traceparent"])
            antwoord = self.get_response(request)
            route = request.resolver_match.route if request.resolver_match else "onbekend"
            span.update_name(f"{methode} {route}")
            span.set_attribute("http.request.method", str(methode))
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", antwoord.status_code)
            return antwoord
