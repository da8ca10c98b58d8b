"""The start page: two ways in, help beside them, and nothing that needs a login."""

import pytest
from django.test import Client
from pytest_django import Settings


def test_elk_ingesteld_middel_krijgt_een_knop_in_zijn_eigen_kolom(client: Client) -> None:
    inwoners, ondernemers = client.get("/").content.decode().split('id="ondernemers"')
    assert 'href="/inloggen/digid/"' in inwoners
    assert "(DigiD Machtigen)" in inwoners
    assert 'href="/inloggen/eherkenning/"' in ondernemers


def test_medewerkers_loggen_niet_hier_in(client: Client) -> None:
    assert "/inloggen/medewerker/" not in client.get("/").content.decode()


def test_zonder_inlogmiddel_staat_er_dat_inloggen_nu_niet_kan(
    client: Client, settings: Settings
) -> None:
    settings.INLOGMIDDELEN = {}
    assert "Inloggen kan nu niet" in client.get("/").content.decode()


@pytest.mark.parametrize(("rang", "naam"), [(25, "2+"), (30, "3"), (40, "4")])
def test_het_niveau_voor_bedrijven_komt_uit_de_tabel_van_handelingen(
    client: Client, settings: Settings, rang: int, naam: str
) -> None:
    settings.INLOG_HANDELINGEN = {"inzien": {"niveau": rang}, "rekeningnummer": {"niveau": 40}}
    assert f"eHerkenning niveau {naam} of hoger" in client.get("/").content.decode()


@pytest.mark.parametrize("adres", ["/", "/hulp/"])
@pytest.mark.parametrize(
    ("rang", "taal", "zin"),
    [
        (25, "nl", "heeft u de DigiD app of een sms-code nodig."),
        (30, "nl", "heeft u de DigiD app met ID-check nodig."),
        (30, "en", "you need the DigiD app with ID check."),
    ],
)
def test_een_inwoner_leest_wat_voor_digid_nodig_is(
    client: Client, settings: Settings, adres: str, rang: int, taal: str, zin: str
) -> None:
    settings.INLOG_HANDELINGEN = {"inzien": {"niveau": rang}, "rekeningnummer": {"niveau": 40}}
    client.post("/taal/", {"language": taal, "next": "/"})
    assert f"DigiD {zin}" in client.get(adres).content.decode()


def test_zonder_digid_staat_er_niets_over_digid(client: Client, settings: Settings) -> None:
    settings.INLOGMIDDELEN = {}
    assert "Met DigiD" not in client.get("/").content.decode()


@pytest.mark.parametrize("thema", ["waterveen", "zandrijk"])
def test_naam_en_telefoon_komen_uit_het_thema(
    client: Client, settings: Settings, thema: str
) -> None:
    settings.THEMA = thema
    bladzijde = client.get("/").content.decode()
    assert f"Mijn {thema.title()}" in bladzijde
    assert f"themas/{thema}/theme.css" in bladzijde


def test_de_taal_verandert_alleen_door_een_post(client: Client) -> None:
    assert client.get("/taal/").status_code == 405
    antwoord = client.post("/taal/", {"language": "en", "next": "/hulp/"})
    assert antwoord.headers["Location"] == "/hulp/"
    assert '<html lang="en"' in client.get("/").content.decode()


def test_de_taalkeuze_stuurt_nooit_naar_een_andere_site(client: Client) -> None:
    antwoord = client.post("/taal/", {"language": "en", "next": "https://elders.example/"})
    assert antwoord.headers["Location"] == "/"
