"""A trace says what was done and how long it took, and never for whom."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from accounts.identiteit import Identiteit, Soort
from portal import sporen
from portal.logboek.models import Logregel
from portal.registers import brp
from tests.api.conftest import BSN_NOOR, Vrager
from tests.inloggen import inloggen
from tests.nep_brp import NepBrp
from tests.registers.conftest import zet

pytestmark = pytest.mark.lang

ZOEK = "/api/v1/klanten/_zoek"
VAN_HEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def kapot(request: HttpRequest, nummer: str) -> HttpResponse:
    raise ValueError(f"geen geldig nummer: {nummer}")


urlpatterns = [path("kapot/<nummer>/", kapot), path("", include("portal.urls"))]


@pytest.fixture
def spans(settings: Any, monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What would be sent, with the middleware on as it is with SPOREN_URL."""
    leverancier, uit = sporen.maak(), InMemorySpanExporter()
    leverancier.add_span_processor(SimpleSpanProcessor(uit))
    monkeypatch.setattr(sporen, "_spoor", leverancier.get_tracer("proef"))
    settings.MIDDLEWARE = ["portal.sporen.Sporen", *settings.MIDDLEWARE]
    return uit


def tekst(spans: InMemorySpanExporter) -> str:
    return "\n".join(span.to_json() for span in spans.get_finished_spans())


def test_wie_alles_doet_laat_geen_nummer_naam_of_opdracht_achter(
    spans: InMemorySpanExporter, geef: Callable[..., str], noor: UUID, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__
    sleutel, mens = geef(), Client(raise_request_exception=False)
    inloggen(mens)
    mens.get("/mijn-gegevens/naam/", {"waarde": "Kanarie"})
    mens.post("/mijn-gegevens/naam/", {"waarde": "Kanarie", "gezien": "1", "sleutel": "x"})
    mens.get(f"/kapot/{BSN_NOOR}/")
    Vrager(sleutel).stuur(ZOEK, {"burgerservicenummer": BSN_NOOR})
    with NepBrp() as nep:
        zet(settings, "brp", nep.url)
        brp.persoon(Identiteit(Soort.BSN, BSN_NOOR))

    verteld = tekst(spans)
    namen = {span.name for span in spans.get_finished_spans()}
    assert {"POST mijn-gegevens/naam/", "GET kapot/<nummer>/", "buur brp"} <= namen
    for geheim in (BSN_NOOR, "Kanarie", "Noor", sleutel, str(noor), "select", "SELECT"):
        assert geheim not in verteld


def test_het_logboek_staat_in_het_spoor_van_wie_vroeg(
    spans: InMemorySpanExporter, geef: Callable[..., str], noor: UUID
) -> None:
    Vrager(geef()).stuur(ZOEK, {"burgerservicenummer": BSN_NOOR}, headers={"traceparent": VAN_HEN})

    (span,) = spans.get_finished_spans()
    regel = Logregel.objects.get(trace_id=bytes.fromhex(VAN_HEN[3:35]))
    assert span.context is not None
    assert span.parent is not None
    assert f"{span.context.trace_id:032x}" == VAN_HEN[3:35]
    assert f"{span.parent.span_id:016x}" == VAN_HEN[36:52]
    assert bytes(regel.parent_span_id or b"").hex() == f"{span.context.span_id:016x}"


def test_een_vreemde_methode_of_kop_verandert_niets(spans: InMemorySpanExporter) -> None:
    vreemd = {"headers": {"traceparent": "00-" + "z" * 32 + "-" + BSN_NOOR}}
    assert Client().generic("ZING" + BSN_NOOR, "/", **vreemd).status_code == 405

    (span,) = spans.get_finished_spans()
    assert span.parent is None
    assert BSN_NOOR not in tekst(spans)


class Verzamelaar(BaseHTTPRequestHandler):
    """A collector that counts what arrives."""

    gekregen: list[str] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.gekregen.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def verzamelaar(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A collector on this machine; the provider of this process is put back afterwards."""
    server = HTTPServer(("127.0.0.1", 0), Verzamelaar)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    sporen.begin.cache_clear()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/traces"
    sporen.begin.cache_clear()
    server.shutdown()
    server.server_close()


def test_met_een_adres_gaan_de_spans_naar_de_verzamelaar(
    verzamelaar: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    leverancier = sporen.maak()
    monkeypatch.setattr(sporen, "maak", lambda: leverancier)
    monkeypatch.setattr(sporen, "_spoor", None)
    settings.SPOREN_URL = verzamelaar
    sporen.begin()

    with sporen.stap("een"):
        pass
    leverancier.shutdown()

    assert Verzamelaar.gekregen == ["/v1/traces"]


def test_zonder_adres_gebeurt_er_niets(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sporen, "maak", lambda: pytest.fail("toch begonnen"))
    settings.SPOREN_URL = ""
    sporen.begin.cache_clear()
    sporen.begin()


def test_de_tekst_van_een_fout_komt_niet_in_een_span(spans: InMemorySpanExporter) -> None:
    with suppress(ValueError), sporen.stap("iets"):
        raise ValueError(BSN_NOOR)

    assert json.loads(tekst(spans))["events"] == []
    assert BSN_NOOR not in tekst(spans)
