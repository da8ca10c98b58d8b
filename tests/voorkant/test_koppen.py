"""Every answer carries the same headers, and what is too big or malformed is refused unread."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from portal.koppen import csp
from portal.mijn.views import fouten


def kapot(request: HttpRequest) -> HttpResponse:
    raise ValueError("geheim: 999990019")


def zonder_databank(request: HttpRequest) -> HttpResponse:
    raise OperationalError("geen verbinding met 10.0.0.5")


def te_vaak(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": "60"})


def verhuisd(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [
    path("kapot/", kapot),
    path("zonder-databank/", zonder_databank),
    path("te-vaak/", te_vaak),
    path("verhuisd/", verhuisd),
    path("", include("portal.urls")),
]
for _naam in ("handler400", "handler403", "handler404", "handler500"):
    globals()[_naam] = getattr(__import__("portal.urls", fromlist=[_naam]), _naam)

ANTWOORDEN = {
    "/": 200,
    "/bestaat-niet/": 404,
    "/taal/": 405,
    "/kapot/": 500,
    "/zonder-databank/": 503,
    "/te-vaak/": 429,
    "/verhuisd/": 302,
    "/.well-known/security.txt": 200,
    "/static/portal.js": 200,
    "/?q=%00": 400,
}


@pytest.fixture(autouse=True)
def _eigen_adressen(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    # The login rules have tests of their own; here any address may be asked.
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "InlogVerplicht" not in m]


class Bezoeker(Client):
    """A client that closes the file it was sent."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        antwoord = super().get(*args, **kwargs)
        if antwoord.streaming:
            for sluit in antwoord._resource_closers:
                sluit()
        return antwoord


@pytest.fixture
def bezoeker() -> Client:
    return Bezoeker(raise_request_exception=False)


@pytest.mark.parametrize(("adres", "status"), ANTWOORDEN.items())
def test_elk_antwoord_draagt_de_koppen_van_internet_nl(
    bezoeker: Client, adres: str, status: int
) -> None:
    antwoord = bezoeker.get(adres)
    assert antwoord.status_code == status
    beleid = dict(
        deel.strip().split(" ", 1) for deel in antwoord["Content-Security-Policy"].split(";")
    )
    assert (beleid["default-src"], beleid["base-uri"]) == ("'none'", "'none'")
    assert {"form-action", "frame-ancestors"} <= set(beleid)
    assert "unsafe" not in antwoord["Content-Security-Policy"]


@pytest.mark.parametrize("adres", ANTWOORDEN)
def test_elk_antwoord_verbiedt_raden_inlijsten_en_doorvertellen(
    bezoeker: Client, adres: str
) -> None:
    antwoord = bezoeker.get(adres)
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in antwoord["Permissions-Policy"]


def test_hsts_staat_op_elk_antwoord_over_https(bezoeker: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    antwoord = bezoeker.get("/kapot/", secure=True)
    assert antwoord["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_een_bladzijde_blijft_nergens_achter_en_een_bestand_wel(bezoeker: Client) -> None:
    assert bezoeker.get("/")["Cache-Control"] == "no-store"
    assert "no-store" not in bezoeker.get("/static/portal.js")["Cache-Control"]


def test_een_formulier_mag_eindigen_waar_de_aanbieder_uitlogt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adressen = ["https://inloggen.example/uit?x=1", "https://inloggen.example/uit", "leeg"]
    monkeypatch.setattr("portal.koppen.uitlogadressen", lambda: adressen)
    assert "form-action 'self' https://inloggen.example; base-uri" in csp()


def test_een_lichaam_van_10_mb_wordt_ongelezen_geweigerd(bezoeker: Client) -> None:
    antwoord = bezoeker.post("/taal/", {"language": "x" * 10_000_000})
    assert antwoord.status_code == 413
    assert "te groot" in antwoord.content.decode()


def test_de_api_mag_meer_sturen_maar_niet_alles(rf: RequestFactory) -> None:
    from portal.koppen import geweigerd

    def vraag(lengte: str) -> int:
        return geweigerd(rf.post("/api/klanten", CONTENT_LENGTH=lengte))

    assert [vraag("70000"), vraag("2000000"), vraag("-1"), vraag("9" * 40)] == [0, 413, 400, 400]


def test_meer_dan_200_velden_is_onbegrijpelijk(bezoeker: Client) -> None:
    assert bezoeker.post("/taal/", {f"veld{n}": "x" for n in range(201)}).status_code == 400


def test_een_fout_vertelt_niets_over_zijn_oorzaak(bezoeker: Client) -> None:
    assert "999990019" not in bezoeker.get("/kapot/").content.decode()
    assert "10.0.0.5" not in bezoeker.get("/zonder-databank/").content.decode()


def test_zonder_databank_komt_wat_is_ingevuld_terug_met_zijn_sleutel(bezoeker: Client) -> None:
    ingevuld = {"naam": 'Noor "<b>', "sleutel": "7e1f", "csrfmiddlewaretoken": "oud"}
    antwoord = bezoeker.post("/zonder-databank/", ingevuld)
    bladzijde = antwoord.content.decode()
    assert antwoord["Retry-After"] == "30"
    assert 'name="naam" value="Noor &quot;&lt;b&gt;"' in bladzijde
    assert 'name="sleutel" value="7e1f"' in bladzijde
    assert 'value="oud"' not in bladzijde


def test_een_te_druk_antwoord_houdt_zijn_wachttijd(bezoeker: Client) -> None:
    antwoord = bezoeker.get("/te-vaak/")
    assert antwoord["Retry-After"] == "60"
    assert "te vaak" in antwoord.content.decode()


def test_een_verlopen_formulier_zegt_wat_er_te_doen_is() -> None:
    antwoord = Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"})
    assert antwoord.status_code == 403
    assert "Uw formulier is verlopen" in antwoord.content.decode()


@pytest.mark.parametrize("status", sorted(fouten.PAGINAS))
def test_elke_foutpagina_wijst_een_weg_verder(rf: RequestFactory, status: int) -> None:
    bladzijde = fouten.foutpagina(rf.get("/x/"), status).content.decode()
    assert 'href="tel:14000"' in bladzijde
    assert bladzijde.count("<h1") == 1


def test_de_api_krijgt_een_fout_als_probleemdocument(bezoeker: Client) -> None:
    antwoord = bezoeker.get("/api/bestaat-niet")
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord.json()["status"] == 404


def test_security_txt_verloopt_binnen_een_jaar(bezoeker: Client) -> None:
    tekst = bezoeker.get("/.well-known/security.txt").content.decode()
    regels = dict(r.split(": ", 1) for r in tekst.splitlines() if not r.startswith("Contact"))
    assert {"Expires", "Preferred-Languages", "Canonical"} <= set(regels)
    assert tekst.startswith("Contact: mailto:")
