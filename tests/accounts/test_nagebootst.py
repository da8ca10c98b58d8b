"""The stand-in is a real provider: it keeps to the rules, needs no JavaScript, and stays inside."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from accounts.nagebootst.personen import PERSONEN
from accounts.nagebootst.transport import InProces
from tests.inloggen import NIVEAUS, inloggen, kies, vraag

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
BASIS = "http://localhost:8000/nagebootst/digid"


def met(adres, **anders):
    delen = urlsplit(adres)
    query = {**{k: w[0] for k, w in parse_qs(delen.query).items()}, **anders}
    return f"{delen.path}?{urlencode({k: w for k, w in query.items() if w is not None})}"


@pytest.mark.parametrize("middel", [*PERSONEN])
def test_nagebootst_zonder_javascript_de_hele_inlog(middel):
    for persoon in PERSONEN[middel]:
        client = Client(enforce_csrf_checks=True)
        pagina = client.get(vraag(client, middel))
        soep = BeautifulSoup(pagina.content, "html.parser")
        assert not soep.find_all("script")
        assert {r["value"] for r in soep.select("[name=persoon]")} == {
            p.slug for p in PERSONEN[middel]
        }
        velden = {
            "csrfmiddlewaretoken": soep.select_one("[name=csrfmiddlewaretoken]")["value"],
            "niveau": soep.select_one("option[selected]")["value"],
            "persoon": persoon.slug,
            "doe": "inloggen",
        }
        terug = client.post(vraag(client, middel), velden)
        assert client.get(terug["Location"])["Location"] in ("/overzicht/", "/beheer/")


def test_het_gevraagde_niveau_staat_gekozen_en_elk_niveau_is_er(client):
    soep = BeautifulSoup(client.get(vraag(client)).content, "html.parser")
    assert soep.select_one("option[selected]")["value"] == NIVEAUS["digid"][25]
    assert [o["value"] for o in soep.select("option")] == list(NIVEAUS["digid"].values())


def test_er_staat_nagebootst_en_geen_merk_van_een_ander(client):
    tekst = client.get(vraag(client)).content.decode()
    assert "Nagebootst inlogmiddel. Alleen voor demonstratie en test." in tekst
    assert "<img" not in tekst
    assert "<svg" not in tekst


@pytest.mark.parametrize(
    "anders",
    [
        {"redirect_uri": "https://elders.example/inloggen/digid/terug/"},
        {"redirect_uri": "http://testserver/inloggen/digid/terug/?a=1"},
        {"redirect_uri": "http://testserver/inloggen/eidas/terug/"},
        {"redirect_uri": "http://["},
        {"redirect_uri": None},
        {"client_id": "ander"},
    ],
)
def test_naar_een_vreemd_adres_gaat_nooit_een_antwoord(client, anders):
    assert client.get(met(vraag(client), **anders)).status_code == 404


@pytest.mark.parametrize(
    ("anders", "fout"),
    [
        ({"prompt": "none"}, "login_required"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": "bsn"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"nonce": "kort"}, "invalid_request"),
    ],
)
def test_een_vraag_buiten_het_profiel_krijgt_een_fout(client, anders, fout):
    assert f"error={fout}" in client.get(met(vraag(client), **anders))["Location"]


@pytest.mark.parametrize(
    "velden", [{"persoon": "niemand"}, {"persoon": "noor", "niveau": "hoogst"}, {}]
)
def test_wie_niets_kiest_blijft_op_de_pagina(client, velden):
    antwoord = client.post(vraag(client), {"doe": "inloggen", **velden})
    assert antwoord.status_code == 200
    assert "Kies een persoon en een niveau." in antwoord.content.decode()


def test_geen_nummer_staat_leesbaar_in_een_adres_of_token(client):
    terug = client.post(vraag(client), {"persoon": "noor", "doe": "inloggen"})["Location"]
    assert "999990019" not in terug


def test_een_code_werkt_een_minuut(client):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as klok:
        terug = client.post(vraag(client), {"persoon": "noor", "doe": "inloggen"})["Location"]
        klok.shift(61)
        assert "mislukt" in client.get(terug)["Location"]


def test_een_code_werkt_een_keer(client):
    eerste = client.post(vraag(client), {"persoon": "noor", "doe": "inloggen"})["Location"]
    code = parse_qs(urlsplit(eerste).query)["code"][0]
    assert client.get(eerste)["Location"] == "/overzicht/"
    tweede = client.post(vraag(client), {"persoon": "noor", "doe": "inloggen"})["Location"]
    assert "mislukt" in client.get(met(tweede, code=code))["Location"]


def test_het_token_en_userinfo_eisen_wie_het_vraagt(client):
    assert client.post("/nagebootst/digid/token", {"code": "x"}).status_code == 401
    assert client.get("/nagebootst/digid/userinfo").status_code == 401
    kop = {"Authorization": "Bearer rommel"}
    assert client.get("/nagebootst/digid/userinfo", headers=kop).status_code == 401


@pytest.mark.parametrize("url", ["http://localhost:8000/overzicht/", "http://localhost:8000/"])
def test_adapter_alleen_nagebootst(url):
    verzoek = requests.Request("GET", url).prepare()
    with pytest.raises(requests.ConnectionError):
        InProces().send(verzoek)


def test_adapter_laat_taal_en_verbinding_van_het_verzoek_met_rust():
    verzoek = requests.Request("GET", f"{BASIS}/.well-known/openid-configuration").prepare()
    with translation.override("en"):
        antwoord = InProces().send(verzoek)
        assert translation.get_language() == "en"
    assert antwoord.json()["issuer"] == BASIS


def test_onbekend_middel_bestaat_niet(client):
    assert client.get("/nagebootst/anders/jwks").status_code == 404


def test_de_sleutel_heet_naar_zijn_duimafdruk(client):
    (sleutel,) = client.get("/nagebootst/digid/jwks").json()["keys"]
    assert len(sleutel["kid"]) == 43
    assert sleutel["use"] == "sig"


def test_inloggen_als_wie_dan_ook_met_een_testnummer_van_een_bedrijf(client):
    kies(client, vraag(client, "eherkenning"), nummer="69599084")
    assert client.get("/overzicht/").status_code == 200


def test_elke_testpersoon_logt_in_als_zichzelf(client):
    for persoon in ("noor", "omar", "zuid"):
        inloggen(client, persoon)
        assert client.get("/overzicht/").status_code == 200
