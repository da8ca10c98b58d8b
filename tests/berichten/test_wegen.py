"""De wegen: NotifyNL met een geldig bewijs, en de ontvanger van de demo."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.berichten.verzenden import verzend_een
from portal.berichten.wegen import Post
from tests import nep_notifynl


@pytest.fixture
def notifynl(settings):
    with nep_notifynl.draaiend() as server:
        settings.SMS_WEG = "notifynl"
        settings.NOTIFYNL_URL = server.url
        settings.NOTIFYNL_SLEUTEL = nep_notifynl.SLEUTEL
        settings.NOTIFYNL_SJABLOON = "77777777-7777-4777-8777-777777777777"
        yield server


@pytest.fixture
def demo_ontvanger(settings):
    """Het deel van de ontvanger van de demo dat post aanneemt."""
    ontvangen = []

    class Verzoek(BaseHTTPRequestHandler):
        def do_POST(self):
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            ontvangen.append((self.path, json.loads(inhoud)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Verzoek)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.DEMO_POST_URL = f"http://127.0.0.1:{server.server_port}"
    yield ontvangen
    server.shutdown()
    server.server_close()


def sms(beloof, nu):
    bericht = beloof(kanaal="sms", aan="+31612345678")
    verzend_een(nu)
    bericht.refresh_from_db()
    return bericht


def test_notifynl_krijgt_nummer_tekst_en_vast_kenmerk(beloof, nu, notifynl):
    bericht = sms(beloof, nu)
    assert bericht.stand == "verzonden"
    (post,) = notifynl.ontvangen
    assert post["phone_number"] == "+31612345678"
    assert "048213" in post["personalisation"]["tekst"]
    assert post["reference"] == str(bericht.pk)


def test_een_proxy_uit_de_omgeving_ziet_geen_nummer(beloof, nu, notifynl, monkeypatch):
    for naam in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(naam, "http://127.0.0.1:9")
    assert sms(beloof, nu).stand == "verzonden"


@pytest.mark.parametrize(
    ("status", "stand"), [(400, "opgegeven"), (403, "wacht"), (429, "wacht"), (500, "wacht")]
)
def test_alleen_een_onmogelijk_nummer_wordt_opgegeven(beloof, nu, notifynl, status, stand):
    notifynl.status = status
    assert sms(beloof, nu).stand == stand


@pytest.mark.parametrize(
    "reden",
    [
        "Can\u2019t send to this recipient using a team-only API key",
        "Template not found",
        "template_id is not a valid UUID",
        "",
    ],
)
def test_een_fout_van_onszelf_laat_het_bericht_wachten(beloof, nu, notifynl, reden):
    notifynl.status, notifynl.reden = 400, reden
    assert sms(beloof, nu).stand == "wacht"


@pytest.mark.parametrize("sleutel", ["", "proef", nep_notifynl.SLEUTEL[:-1]])
def test_een_verkeerde_sleutel_laat_het_bericht_wachten(beloof, nu, notifynl, settings, sleutel):
    settings.NOTIFYNL_SLEUTEL = sleutel
    assert sms(beloof, nu).stand == "wacht"


def test_zonder_notifynl_bereikbaar_blijft_het_bericht_wachten(beloof, nu, settings, caplog):
    settings.SMS_WEG = "demo"
    settings.DEMO_POST_URL = "http://127.0.0.1:9"
    assert sms(beloof, nu).stand == "wacht"
    assert "612345678" not in caplog.text


def test_wie_geen_sms_verzendt_geeft_het_op(beloof, nu, settings):
    settings.SMS_WEG = "geen"
    assert sms(beloof, nu).stand == "opgegeven"


def test_de_demo_toont_sms_en_mail_bij_de_ontvanger(beloof, nu, settings, demo_ontvanger):
    settings.SMS_WEG = "demo"
    settings.EMAIL_BACKEND = "portal.berichten.wegen.DemoMail"
    sms(beloof, nu)
    beloof()
    verzend_een(nu)
    assert [(pad, post["soort"], post["aan"]) for pad, post in demo_ontvanger] == [
        ("/post", "sms", "+31612345678"),
        ("/post", "email", "noor@example.org"),
    ]


def test_een_post_toont_zichzelf_niet():
    post = Post(kenmerk="1", aan="noor@example.org", onderwerp="", tekst="048213")
    assert repr(post) == "Post(1)"
