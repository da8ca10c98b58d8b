"""Een bericht draagt zijn eigen spoor, ook als niemand sporen verzamelt."""

from uuid import UUID

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from portal import sporen
from portal.logboek.spoor import spoor_van
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis
from tests.webhooks.test_pomp import pomp_achter_hek

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]


async def test_het_spoor_van_een_bericht_is_zijn_nummer(werker, gemeente, noor, monkeypatch):
    leverancier, uit = sporen.maak(), InMemorySpanExporter()
    leverancier.add_span_processor(SimpleSpanProcessor(uit))
    monkeypatch.setattr(sporen, "_spoor", leverancier.get_tracer("proef"))
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)

    await pomp_achter_hek(werker, zaaksysteem.pk)

    bericht = UUID(gemeente.ontvangen[0]["id"])
    spoor = spoor_van(gemeente.ontvangen[0]["spoor"])
    assert spoor.trace_id == bericht.bytes
    (span,) = uit.get_finished_spans()
    assert (span.name, span.context.trace_id) == ("webhook bezorgen", bericht.int)
    assert span.parent is None
    assert spoor.parent_span_id == span.context.span_id.to_bytes(8)  # wie leest hangt hieronder
    assert dict(span.attributes) == {"http.response.status_code": 204, "uitkomst": "antwoord"}


async def test_zonder_verzamelaar_draagt_een_bericht_toch_zijn_spoor(werker, gemeente, noor):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    spoor = spoor_van(gemeente.ontvangen[0]["spoor"])
    assert spoor.trace_id == UUID(gemeente.ontvangen[0]["id"]).bytes
    assert spoor.parent_span_id
