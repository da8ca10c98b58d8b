"""Whoever keeps the portal running can ask how it is, and learns nothing about people."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from portal.gezondheid import PADEN


def test_leven_vraagt_de_databank_niets(client: Client) -> None:
    assert client.get("/health/live").json() == {"leeft": True}  # no django_db: a query would fail


@pytest.mark.django_db
def test_met_een_databank_is_het_portaal_gereed(client: Client) -> None:
    antwoord = client.get("/health/ready")

    assert antwoord.json() == {"gereed": True}
    assert "no-store" in antwoord.headers["Cache-Control"]


@pytest.mark.django_db
def test_zonder_databank_is_het_portaal_niet_gereed(client: Client) -> None:
    def valt_uit(*args: object) -> None:
        raise DatabaseError("host=geheim")

    with connection.execute_wrapper(valt_uit):
        antwoord = client.get("/health/ready")

    assert antwoord.status_code == 503
    assert antwoord.json() == {"gereed": False, "reden": "databank"}


def test_een_volle_deur_zegt_nog_hoe_het_gaat(client: Client, settings: Settings) -> None:
    settings.WEB_TEGELIJK = 0

    assert client.get("/").status_code == 503
    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("adres", PADEN)
def test_wie_van_binnen_peilt_heeft_geen_tls_en_geen_naam_nodig(
    client: Client, settings: Settings, adres: str, db: None
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.METRICS_TOKEN = "geheim-token"
    eigen_adres = {"Host": "10.1.2.3:8000", "Authorization": "Bearer geheim-token"}

    assert client.get(adres, headers=eigen_adres).status_code == 200
    assert client.get("/welke-gegevens/", headers=eigen_adres).status_code == 400


@pytest.mark.parametrize("adres", PADEN)
def test_wat_door_de_proxy_van_buiten_komt_vindt_geen_peiling(
    client: Client, settings: Settings, adres: str, db: None
) -> None:
    settings.METRICS_TOKEN = "geheim-token"
    settings.ACHTER_PROXY = True
    van_buiten = {"X-Forwarded-For": "192.0.2.7", "Authorization": "Bearer geheim-token"}

    assert client.get(adres, headers=van_buiten).status_code == 404
    assert client.get(adres, headers={"Authorization": "Bearer geheim-token"}).status_code == 200


def test_zonder_token_in_de_instellingen_zijn_er_geen_cijfers(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("sleutel", ["", "Bearer fout", "Bearer geheim-token2", "geheim-token"])
def test_met_een_verkeerd_token_zijn_er_geen_cijfers(
    client: Client, settings: Settings, sleutel: str
) -> None:
    settings.METRICS_TOKEN = "geheim-token"

    assert client.get("/metrics", headers={"Authorization": sleutel}).status_code == 401


@pytest.mark.django_db
def test_met_het_token_zijn_er_cijfers(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "geheim-token"

    antwoord = client.get("/metrics", headers={"Authorization": "Bearer geheim-token"})

    assert antwoord.status_code == 200
    assert b"# HELP" in antwoord.content
