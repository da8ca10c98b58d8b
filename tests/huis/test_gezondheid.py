"""Whoever keeps the portal running can ask how it is, and learns nothing about people."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django.fixtures import Settings


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


@pytest.mark.parametrize("adres", ["/health/live", "/health/ready"])
def test_een_peiling_zonder_tls_wordt_niet_omgeleid(
    client: Client, settings: Settings, adres: str, db: None
) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(adres).status_code == 200


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
