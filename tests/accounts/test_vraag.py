"""A. What is asked of the provider, and where somebody may go on to afterwards."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.achterkanaal import OUD, VERS, vergeet
from accounts.niveaus import Niveau
from accounts.oidc import Inlogstart
from accounts.providers import lees_aanbieder
from accounts.volgende import eigen_pagina
from tests.accounts.conftest import DIGID as PROEF
from tests.inloggen import NIVEAUS, inloggen, kies, vraag

pytestmark = [pytest.mark.login, pytest.mark.django_db]
DIGID = NIVEAUS["digid"]


def parameters(adres):
    return {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(adres).query).items()}


def test_vraag_volgt_profiel(client):
    gevraagd = parameters(vraag(client, next="/inloggen/opnieuw/?handeling=naam"))
    vast = {n: gevraagd.pop(n) for n in ("state", "nonce", "code_challenge")}
    assert [len(waarde) for waarde in vast.values()] == [43, 43, 43]
    assert gevraagd == {
        "response_type": "code",
        "scope": "openid bsn",
        "client_id": "eigen-regie",
        "redirect_uri": "http://testserver/inloggen/digid/terug/",
        "code_challenge_method": "S256",
        "acr_values": DIGID[25],
        "prompt": "login",
        "ui_locales": "nl",
    }


def test_vraag_noemt_de_taal_van_wie_kijkt(client):
    client.cookies["taal"] = "en"
    assert parameters(vraag(client))["ui_locales"] == "en"


@pytest.mark.parametrize(("kijkt", "gevraagd"), [("en-gb", "en"), ("nl-nl", "nl"), (None, "nl")])
def test_de_taal_bij_de_aanbieder_is_een_code_van_twee_letters(rf, kijkt, gevraagd):
    start = Inlogstart()
    start.aanbieder = lees_aanbieder("p", {**PROEF, "issuer": "https://m.example"})
    start.niveau, start.vers = Niveau.MIDDEN, False
    with translation.override(kijkt):
        assert start.get_extra_params(rf.get("/"))["ui_locales"] == gevraagd


def test_een_verse_inlog_wordt_gevraagd_waar_de_handeling_dat_wil(client):
    assert parameters(vraag(client, handeling="exporteren"))["max_age"] == "0"


def test_niveau_komt_uit_tabel_en_niet_uit_het_adres(client):
    assert parameters(vraag(client, handeling="rekeningnummer"))["acr_values"] == DIGID[30]
    assert parameters(vraag(client, niveau="10", acr_values="x"))["acr_values"] == DIGID[25]


@pytest.mark.parametrize("adres", ["digid/?handeling=alles", "onbekend/", "medewerkers/"])
def test_een_onbekende_handeling_of_aanbieder_bestaat_niet(client, adres):
    assert client.get(f"/inloggen/{adres}").status_code == 404


def test_wie_al_hoog_inlogde_wordt_niet_lager_gevraagd(client):
    inloggen(client, niveau=40)
    assert parameters(vraag(client, handeling="naam"))["acr_values"] == DIGID[40]


@pytest.mark.parametrize(
    "adres",
    [
        "https://elders.example/",
        "//elders.example/",
        "/\\elders.example",
        "javascript:alert(1)",
        "/bestaat-niet/",
        "/uitloggen/",
        "/sessie/verlengen/",
        "/uitgelogd/",
        "/",
        "inloggen/opnieuw/",
        "/inloggen/opnieuw/?" + "a" * 500,
        "/inloggen/opnieuw/\x00",
        "/[",
        "",
        None,
    ],
)
def test_next_alleen_eigen_pagina(adres):
    assert eigen_pagina(adres) == ""


def test_next_een_pagina_achter_inloggen_mag(client):
    assert eigen_pagina("/inloggen/opnieuw/?handeling=naam") == "/inloggen/opnieuw/?handeling=naam"


def test_next_per_poging(client):
    een, twee = (f"/inloggen/opnieuw/?handeling={h}" for h in ("naam", "postadres"))
    eerste, tweede = vraag(client, next=een), vraag(client, next=twee)
    assert kies(client, eerste, persoon="noor")["Location"] == een
    assert kies(client, tweede, persoon="noor")["Location"] == twee


def test_hooguit_vijf_pogingen_tegelijk(client):
    vragen = [vraag(client) for _ in range(6)]
    assert "mislukt" in kies(client, vragen[0], persoon="noor")["Location"]
    assert kies(client, vragen[5], persoon="noor")["Location"] == "/overzicht/"


def test_start_met_htmx_navigeert_de_browser(client):
    antwoord = client.get("/inloggen/digid/", headers={"HX-Request": "true"})
    assert antwoord.status_code == 200
    assert antwoord["HX-Redirect"].startswith("http://localhost:8000/nagebootst/digid/authorize?")


@pytest.mark.lang
@pytest.mark.parametrize(
    "wat",
    [
        {"discovery": {"status": 500}},
        {"discovery": {"body": "<html>"}},
        {"ontdekking": {"token_endpoint": None}},
        {"ontdekking": {"authorization_endpoint": "ftp://x"}},
        {"ontdekking": {"issuer": "https://elders.example"}},
    ],
)
def test_start_bij_storing_laat_de_sessie_met_rust(client, aanbieder, caplog, wat):
    inloggen_bij_standaard = aanbieder.heen_en_terug(client)
    assert inloggen_bij_standaard["Location"] == "/overzicht/"
    vergeet()
    aanbieder.opdracht(**wat)
    antwoord = client.get("/inloggen/proef/")
    assert antwoord["Location"] == "/inloggen/mislukt/?via=proef"
    assert client.get("/inloggen/opnieuw/?handeling=naam").status_code == 200
    assert "aanbieder.storing" in caplog.text


def test_discovery_met_andere_issuer_is_een_fout_in_het_log(client, aanbieder, caplog):
    aanbieder.opdracht(ontdekking={"issuer": f"{aanbieder.issuer}/"})
    assert "mislukt" in client.get("/inloggen/proef/")["Location"]
    assert "aanbieder.andere_uitgever" in caplog.text


def test_discovery_wordt_een_uur_bewaard_en_bij_storing_een_dag(client, aanbieder):
    from accounts import achterkanaal

    plek = "openid-configuration"
    aanbieder.start(client)
    aanbieder.start(client)
    assert aanbieder.teller(plek) == 1
    (bewaard,) = achterkanaal._voorraad.values()
    bewaard.opgehaald -= VERS
    aanbieder.opdracht(discovery={"status": 503})
    aanbieder.start(client)
    assert aanbieder.teller(plek) == 2
    bewaard.opgehaald -= OUD
    assert "mislukt" in client.get("/inloggen/proef/")["Location"]


@pytest.mark.parametrize(
    ("koppen", "leeft"),
    [
        ({}, 3600),
        ({"Cache-Control": "max-age=7200"}, 7200),
        ({"Cache-Control": "max-age=1"}, 300),
        ({"Cache-Control": "max-age=999999"}, 86_400),
    ],
)
def test_discovery_volgt_max_age_binnen_grenzen(client, aanbieder, koppen, leeft):
    from accounts import achterkanaal

    aanbieder.opdracht(discovery={"koppen": koppen})
    aanbieder.start(client)
    assert [b.leeft for b in achterkanaal._voorraad.values()] == [leeft]


def _inhoud(assertie):
    deel = assertie.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(deel + "=="))


def test_assertie_is_nieuw_per_aanroep(client, aanbieder):
    aanbieder.heen_en_terug(client)
    aanbieder.heen_en_terug(client)
    een, twee = (_inhoud(velden["client_assertion"]) for velden in aanbieder.gezien())
    assert een["jti"] != twee["jti"]
    assert een["aud"] == aanbieder.issuer
    assert een["iss"] == een["sub"] == "proef-client"
    assert een["exp"] - een["iat"] == 60
    assert aanbieder.gezien()[0]["client_id"] == "proef-client"
    assert "client_secret" not in aanbieder.gezien()[0]


def test_assertie_voor_het_tokenadres_als_de_aanbieder_dat_wil(client, aanbieder):
    aanbieder.stel_in(assertie_aud="token_endpoint", assertie_alg="RS256")
    aanbieder.heen_en_terug(client)
    (velden,) = aanbieder.gezien()
    assert _inhoud(velden["client_assertion"])["aud"] == f"{aanbieder.issuer}/token"


@pytest.mark.parametrize("soort", ["client_secret_post", "client_secret_basic"])
def test_een_makelaar_met_alleen_een_geheim_kan_ook(client, aanbieder, monkeypatch, soort):
    monkeypatch.setenv("PROEF_GEHEIM", "een-geheim")
    aanbieder.stel_in(client_auth=soort, geheim_env="PROEF_GEHEIM")
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"
    (velden,) = aanbieder.gezien()
    assert velden.get("client_secret") == ("een-geheim" if soort.endswith("post") else None)
    assert "client_assertion" not in velden


@pytest.mark.parametrize("soort", ["client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("geheim", ["", None])
def test_zonder_geheim_vragen_wij_de_aanbieder_niets(client, aanbieder, monkeypatch, soort, geheim):
    if geheim is not None:
        monkeypatch.setenv("PROEF_GEHEIM", geheim)
    aanbieder.stel_in(client_auth=soort, geheim_env="PROEF_GEHEIM")
    assert "/inloggen/mislukt/" in aanbieder.heen_en_terug(client)["Location"]
    assert aanbieder.gezien() == []


def test_de_code_wordt_ingewisseld_zoals_de_standaard_het_wil(client, aanbieder):
    aanbieder.heen_en_terug(client)
    (velden,) = aanbieder.gezien()
    eenmalig = {naam: velden.pop(naam) for naam in ("code", "code_verifier", "client_assertion")}
    assert all(len(waarde) > 10 for waarde in eenmalig.values())
    assert velden == {
        "grant_type": "authorization_code",
        "redirect_uri": "http://testserver/inloggen/proef/terug/",
        "client_id": "proef-client",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }


def test_een_aanbieder_zonder_niveaus_krijgt_een_lege_vraag_om_een_niveau(rf):
    bij = lees_aanbieder("p", {**PROEF, "issuer": "https://m.example", "acr_in": {"laag": 10}})
    start = Inlogstart()
    start.aanbieder, start.niveau, start.vers = bij, Niveau.HOOG, False
    assert start.get_extra_params(rf.get("/"))["acr_values"] == ""


def test_vaste_parameters_van_een_makelaar_gaan_mee(client, aanbieder):
    aanbieder.stel_in(extra_vraag={"kc_idp_hint": "digid"})
    assert parameters(aanbieder.start(client))["kc_idp_hint"] == "digid"


def test_onze_openbare_sleutels_staan_op_een_vast_adres(client):
    antwoord = client.get(reverse("accounts:sleutels"))
    (sleutel,) = antwoord.json()["keys"]
    assert set(sleutel) == {"e", "kty", "n", "use", "kid"}
    assert antwoord["Cache-Control"] == "public, max-age=3600"


def test_inloggen_begint_op_het_ene_adres_waar_men_terugkomt(client, settings):
    settings.DEMO, settings.PORTAAL_URL = False, "https://mijn.example"
    settings.ALLOWED_HOSTS = ["mijn.example", "www.example"]
    elders = client.get("/inloggen/digid/?handeling=naam", headers={"Host": "www.example"})
    assert elders["Location"] == "https://mijn.example/inloggen/digid/?handeling=naam"
