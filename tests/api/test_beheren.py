"""Bewaargronden en abonnementen, beheerd door een systeem."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from portal.klanten.models import Bewaargrond
from portal.webhooks.models import Abonnement, Beheerhandeling
from tests.api.conftest import Vrager
from tests.mensen import HEUVELLAND

pytestmark = pytest.mark.lang

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


class Ontvanger(BaseHTTPRequestHandler):
    """Consents, and accepts what is sent."""

    def do_OPTIONS(self) -> None:
        self.send_response(200)
        self.send_header("WebHook-Allowed-Origin", "*")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen of the tests."""


@pytest.fixture
def ontvanger(settings: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ontvanger)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.WEBHOOKS_DEMO_ONTVANGERS = [url]
    yield url
    server.shutdown()
    server.server_close()


def _met_api(vrager: Vrager, nummer: str) -> None:
    pad = f"/api/v1/abonnementen/{nummer}/_handdruk"
    uitslag = vrager.stuur(pad, {"reden": "livegang"}).json()
    assert (uitslag["gelukt"], uitslag["fout"]) == (True, "")
    assert uitslag["abonnement"]["status"] == "actief"


def _met_opdracht(vrager: Vrager, nummer: str) -> None:
    abonnement = Abonnement.objects.get(uuid=nummer)
    call_command("abonnement", "handdruk", str(abonnement.pk), "--reden", "livegang")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("geef_hand", [_met_api, _met_opdracht])
def test_de_handdruk_is_langs_elke_weg_dezelfde_handeling(
    echte_transacties: None, zaaksysteem: Vrager, ontvanger: str, geef_hand: Any
) -> None:
    vraag = {**ABONNEMENT, "url": f"{ontvanger}/berichten"}
    nummer = zaaksysteem.stuur("/api/v1/abonnementen", vraag).json()["id"]
    geef_hand(zaaksysteem, nummer)
    assert Abonnement.objects.get(uuid=nummer).status == "actief"
    soorten = Beheerhandeling.objects.order_by("pk").values_list("soort", flat=True)
    assert list(soorten) == ["gemaakt", "getest", "bevestigd"]


@pytest.mark.django_db(transaction=True)
def test_een_ontvanger_die_er_niet_is_blijft_een_concept(
    echte_transacties: None, zaaksysteem: Vrager, settings: Any
) -> None:
    settings.WEBHOOKS_DEMO_ONTVANGERS = ["http://127.0.0.1:9"]
    vraag = {**ABONNEMENT, "url": "http://127.0.0.1:9/berichten"}
    nummer = zaaksysteem.stuur("/api/v1/abonnementen", vraag).json()["id"]
    pad = f"/api/v1/abonnementen/{nummer}/_handdruk"
    uitslag = zaaksysteem.stuur(pad, {"reden": "livegang"}).json()
    assert (uitslag["gelukt"], uitslag["abonnement"]["status"]) == (False, "concept")
    assert "antwoordt niet" in uitslag["fout"]


def test_een_abonnement_op_een_verboden_adres_is_400(zaaksysteem: Vrager) -> None:
    vraag = {**ABONNEMENT, "url": "https://127.0.0.1/intern"}
    antwoord = zaaksysteem.stuur("/api/v1/abonnementen", vraag)
    assert antwoord.status_code == 400
