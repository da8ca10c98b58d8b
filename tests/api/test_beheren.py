"""Bewaargronden, de feed van wijzigingen en abonnementen."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from portal.klanten.models import Bewaargrond, Gebeurtenis
from portal.webhooks.models import Beheerhandeling
from tests.api.conftest import OP, Vrager
from tests.mensen import HEUVELLAND, WATERVEEN

NIEUW = {"If-None-Match": "*"}


def _zet(vrager: Vrager, klant: UUID, **koppen: str) -> object:
    pad = f"/api/v1/klanten/{klant}/bewaargronden/zaak-1"
    return vrager.put(
        pad, {"tot": None, "velden": ["postadres"]}, content_type="application/json",
        headers=koppen,
    )  # fmt: skip


@pytest.mark.uitgangspunt("OWN-3")
def test_een_zaaksysteem_zet_een_grond_en_heft_haar_op(zaaksysteem: Vrager, noor: UUID) -> None:
    gezet = _zet(zaaksysteem, noor, **NIEUW)
    assert (gezet.status_code, gezet.json()["velden"]) == (200, ["postadres"])
    lijst = zaaksysteem.get(f"/api/v1/klanten/{noor}/bewaargronden").json()["bewaargronden"]
    assert lijst == [gezet.json()]
    pad = f"/api/v1/klanten/{noor}/bewaargronden/zaak-1"
    assert zaaksysteem.delete(pad, headers={"If-Match": gezet["ETag"]}).status_code == 204
    assert not Bewaargrond.objects.exists()
    assert zaaksysteem.delete(pad, headers={"If-Match": "*"}).status_code == 404


def test_wie_wijzigt_zag_de_laatste_stand(zaaksysteem: Vrager, noor: UUID) -> None:
    assert _zet(zaaksysteem, noor).status_code == 428
    assert _zet(zaaksysteem, noor, **{"If-Match": "*"}).status_code == 412
    etag = _zet(zaaksysteem, noor, **NIEUW)["ETag"]
    assert _zet(zaaksysteem, noor, **NIEUW).status_code == 412
    assert _zet(zaaksysteem, noor, **{"If-Match": '"oud"'}).status_code == 412
    assert _zet(zaaksysteem, noor, **{"If-Match": etag}).status_code == 200


def test_een_grond_van_een_ander_systeem_blijft_van_dat_systeem(
    geef: Callable[..., str], zaaksysteem: Vrager, noor: UUID
) -> None:
    _zet(zaaksysteem, noor, **NIEUW)
    ander = Vrager(geef(naam="Archief"))
    [grond] = ander.get(f"/api/v1/klanten/{noor}/bewaargronden").json()["bewaargronden"]
    assert (grond["eigen"], grond["kenmerk"]) == (False, "")
    pad = f"/api/v1/klanten/{noor}/bewaargronden/zaak-1"
    assert ander.delete(pad, headers={"If-Match": "*"}).status_code == 404
    buur = Vrager(geef(organisatie=HEUVELLAND))
    assert _zet(buur, noor, **NIEUW).status_code == 404
    assert buur.get(f"/api/v1/klanten/{noor}/bewaargronden").status_code == 404


def wacht_op_anderen() -> None:
    """The horizon of the feed is that of the whole server: other tests write there too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        [grens] = cursor.fetchone()
        for _ in range(3000):
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > grens:
                return
            cursor.execute("select pg_sleep(0.01)")
    raise AssertionError("een andere transactie duurt te lang")


def _feed(vrager: Vrager, cursor: str | None = None) -> tuple[list[dict[str, object]], str]:
    vraag = {"cursor": cursor, "paginaGrootte": 2} if cursor else {"paginaGrootte": 2}
    blad = vrager.get("/api/v1/gebeurtenissen", vraag).json()
    return blad["gebeurtenissen"], blad["volgende"]


@pytest.fixture
def gebeurd(echte_transacties: None) -> Callable[..., UUID]:
    """Een gebeurtenis in een transactie van nu."""

    def maak(organisatie: str = WATERVEEN) -> UUID:
        return Gebeurtenis.objects.create(
            soort="klant.gewijzigd", bronorganisatie=organisatie, onderwerp=uuid4(),
            subjectsoort="natuurlijk_persoon", versie=1, velden=["naam"], gebeurd_op=OP,
        ).pk  # fmt: skip

    return maak


def test_de_feed_gaat_verder_waar_hij_was(
    gebeurd: Callable[..., UUID], geef: Callable[..., str]
) -> None:
    vrager = Vrager(geef())
    nummers = [str(gebeurd()) for _ in range(3)]
    gebeurd(HEUVELLAND)
    wacht_op_anderen()
    een, cursor = _feed(vrager)
    twee, cursor = _feed(vrager, cursor)
    drie, cursor = _feed(vrager, cursor)
    assert [g["id"] for g in een + twee] == nummers
    assert drie == []
    later = str(gebeurd())
    wacht_op_anderen()
    assert [g["id"] for g in _feed(vrager, cursor)[0]] == [later]
    assert "oud" not in een[0]


def test_een_trage_transactie_wordt_niet_overgeslagen(
    gebeurd: Callable[..., UUID], geef: Callable[..., str]
) -> None:
    vrager = Vrager(geef())
    geschreven, verder, klaar = threading.Event(), threading.Event(), []

    def traag() -> None:
        with transaction.atomic():
            klaar.append(str(gebeurd()))
            geschreven.set()
            verder.wait(10)
        connection.close()

    draad = threading.Thread(target=traag)
    draad.start()
    try:
        assert geschreven.wait(10)
        snel = str(gebeurd())
        eerst, cursor = _feed(vrager)
    finally:
        verder.set()
        draad.join()
    wacht_op_anderen()
    daarna, _ = _feed(vrager, cursor)
    assert eerst == []
    assert [g["id"] for g in daarna] == [*klaar, snel]


def test_een_te_oude_cursor_is_410(zaaksysteem: Vrager) -> None:
    _, cursor = _feed(zaaksysteem)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        antwoord = zaaksysteem.get("/api/v1/gebeurtenissen", {"cursor": cursor})
    assert (antwoord.status_code, antwoord.json()["code"]) == (410, "lees-alles-opnieuw")


ABONNEMENT = {
    "naam": "Zaaksysteem",
    "contact": "beheer@example.nl",
    "url": "https://zaken.example.nl/berichten",
    "reden": "livegang",
}


def test_een_systeem_maakt_een_abonnement_en_trekt_het_in(zaaksysteem: Vrager) -> None:
    gemaakt = zaaksysteem.stuur("/api/v1/abonnementen", ABONNEMENT)
    assert (gemaakt.status_code, gemaakt.json()["status"]) == (201, "concept")
    assert gemaakt.json()["geheim"].startswith("whsec_")
    pad = f"/api/v1/abonnementen/{gemaakt.json()['id']}"
    gelezen = zaaksysteem.get(pad)
    assert "geheim" not in gelezen.json()
    assert zaaksysteem.delete(pad, headers={"If-Match": gelezen["ETag"]}).status_code == 204
    assert zaaksysteem.get(pad).json()["status"] == "ingetrokken"
    redenen = Beheerhandeling.objects.order_by("pk").values_list("reden", flat=True)
    assert list(redenen) == ["livegang", "ingetrokken door het systeem"]


def test_een_abonnement_van_een_ander_bestaat_niet(
    geef: Callable[..., str], zaaksysteem: Vrager
) -> None:
    nummer = zaaksysteem.stuur("/api/v1/abonnementen", ABONNEMENT).json()["id"]
    buur = Vrager(geef(organisatie=HEUVELLAND))
    assert buur.get("/api/v1/abonnementen").json() == {"abonnementen": []}
    for verder in ("_pauzeer", "_hervat"):
        pad = f"/api/v1/abonnementen/{nummer}/{verder}"
        assert buur.stuur(pad, {"reden": "x"}).status_code == 404
        assert zaaksysteem.stuur(pad, {"reden": "x"}).status_code == 409


def test_een_abonnement_op_een_verboden_adres_is_400(zaaksysteem: Vrager) -> None:
    vraag = {**ABONNEMENT, "url": "https://127.0.0.1/intern"}
    antwoord = zaaksysteem.stuur("/api/v1/abonnementen", vraag)
    assert antwoord.status_code == 400
