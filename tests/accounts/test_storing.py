"""H. A provider that is slow, broken or shouting never takes us along."""

import time

import pytest
from django.test import Client

from accounts import achterkanaal
from accounts.controles import Afgewezen
from accounts.teksten import DIGID_FOUT
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import inloggen, vraag

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]


@pytest.mark.parametrize(
    "wat",
    [
        {"token": {"status": 500, "body": "GEHEIME-TEKST 999990421"}},
        {"token": {"status": 400, "body": '{"error_description": "GEHEIME-TEKST"}'}},
        {"userinfo": {"status": 403, "body": "GEHEIME-TEKST"}},
        {"token": {"status": 200, "body": "GEHEIME-TEKST"}},
        {"jwks_http": {"status": 404, "body": "GEHEIME-TEKST"}},
    ],
)
def test_aanbieder_storing_komt_niet_op_de_pagina_en_niet_in_het_log(
    client, aanbieder, caplog, wat
):
    aanbieder.opdracht(**wat)
    antwoord = client.get(aanbieder.heen_en_terug(client)["Location"])
    assert antwoord.status_code == 200
    assert DIGID_FOUT in antwoord.content.decode()
    assert "GEHEIME" not in antwoord.content.decode() + caplog.text
    assert "999990421" not in caplog.text


@pytest.mark.parametrize(
    "wat", [{"token": {"wacht": 4}}, {"token": {"drup": 0.05}}, {"userinfo": {"wacht": 4}}]
)
def test_aanbieder_traag_kost_hooguit_de_tijd_die_er_is(client, aanbieder, monkeypatch, wat):
    monkeypatch.setattr(achterkanaal, "PER_AANROEP", 1.0)
    aanbieder.opdracht(**wat)
    terugweg = aanbieder.terugweg(aanbieder.start(client))
    begin = time.monotonic()
    assert "mislukt" in client.get(terugweg)["Location"]
    assert time.monotonic() - begin < 3


def test_alle_aanroepen_samen_hebben_een_budget():
    budget = achterkanaal.Budget(0)
    with pytest.raises(Afgewezen):
        budget.over()
    assert 7 < achterkanaal.Budget().over() <= achterkanaal.BUDGET == 8
    assert achterkanaal.PER_AANROEP == 5


def test_een_storing_raakt_niet_wie_al_binnen_is(client, aanbieder):
    aanbieder.heen_en_terug(client)
    aanbieder.opdracht(discovery={"status": 500}, token={"status": 500})
    achterkanaal.vergeet()
    assert client.get("/overzicht/").status_code == 200


def test_te_veel_tegelijk_krijgt_503_en_kan_zo_nog_eens(client, aanbieder, settings):
    terugweg = aanbieder.terugweg(aanbieder.start(client))
    plaatsen = [achterkanaal.plaats() for _ in range(settings.INLOG_TEGELIJK)]
    for plaats in plaatsen:
        plaats.__enter__()
    try:
        antwoord = client.get(terugweg)
    finally:
        for plaats in plaatsen:
            plaats.__exit__(None, None, None)
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "5")
    assert "Inloggen is nu even druk" in antwoord.content.decode()
    assert client.get(terugweg)["Location"] == "/overzicht/"


def test_een_plaats_komt_ook_na_een_fout_weer_vrij():
    for _ in range(10):
        with pytest.raises(RuntimeError), achterkanaal.plaats():
            raise RuntimeError


@pytest.mark.parametrize(("adres", "melding"), [("/inloggen/digid/", "te vaak")])
def test_te_vaak_beginnen_krijgt_429(client, settings, adres, melding):
    settings.INLOG_PER_MINUUT = 3
    assert [client.get(adres).status_code for _ in range(4)] == [302, 302, 302, 429]
    antwoord = client.get(adres)
    assert melding in antwoord.content.decode()
    assert 0 < int(antwoord["Retry-After"]) <= 60


def test_te_vaak_een_onbekend_antwoord_krijgt_429_en_een_goed_antwoord_niet(client, settings):
    adres = vraag(client)
    settings.INLOG_PER_MINUUT = 2
    vreemd = Client()
    codes = [vreemd.get("/inloggen/digid/terug/?code=a&state=b").status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    terug = client.post(adres, {"persoon": "noor", "doe": "inloggen"})["Location"]
    assert client.get(terug)["Location"] == "/overzicht/"


@pytest.mark.parametrize(
    ("achter_proxy", "kop", "statussen"),
    [
        (False, "10.0.0.{}", [302, 429]),
        (True, "10.0.0.{}", [302, 302]),
        (True, "{}, 1.1.1.1", [302, 429]),
    ],
)
def test_het_adres_achter_een_proxy_is_wat_onze_eigen_proxy_zag(
    client, settings, achter_proxy, kop, statussen
):
    settings.INLOG_PER_MINUUT, settings.ACHTER_PROXY = 1, achter_proxy
    gekregen = [
        client.get("/inloggen/digid/", headers={"X-Forwarded-For": kop.format(n)}).status_code
        for n in (1, 2)
    ]
    assert gekregen == statussen


def test_een_ander_middel_dan_digid_heeft_een_eigen_tekst_met_een_code(client, caplog):
    naar = inloggen(client, "korenbloem", middel="eherkenning", doe="storing")["Location"]
    tekst = client.get(naar).content.decode()
    assert DIGID_FOUT not in tekst
    code = next(r.code for r in caplog.records if getattr(r, "code", ""))
    assert f"Noem dan deze code: {code}." in tekst
    assert inlog_in(client) is None
