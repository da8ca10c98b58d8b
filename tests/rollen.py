"""Pytest plugin: `TEST_ROL=portaal_web pytest -p tests.rollen …` runs with that account's rights.

Emptying tables is no right of that account, so tests with real transactions are left out.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_django.plugin import DjangoDbBlocker

from portal.ingebed.plaats import vind_bin

ROLLEN = Path(__file__).resolve().parent.parent / "deploy/productie/rollen.sql"
NAMEN = ("eigenaar", "web", "werker")
ECHT = {"transactional_db", "echte_transacties", "tegelijk", "live_server"}


def maak_rollen(url: str) -> None:
    """Run rollen.sql in the database of `url`, as its superuser; each password is the name."""
    delen = conninfo_to_dict(url)
    verbinding = {"PGDATABASE": delen.pop("dbname"), **{f"PG{k}".upper(): delen[k] for k in delen}}
    subprocess.run(
        [vind_bin() / "psql", "-X", "-q", "-f", ROLLEN],
        env=os.environ | {naam: str(waarde) for naam, waarde in verbinding.items()}
        | {f"{naam}_WACHTWOORD".upper(): naam for naam in NAMEN},
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _als_rol(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every connection of Django to the test database goes on as TEST_ROL, until it is dropped."""
    from django.db import connection

    van, opties = connection.get_connection_params(), connection.settings_dict["OPTIONS"]
    waar = {naam: van[naam] for naam in ("host", "port", "user", "password", "dbname")}
    with django_db_blocker.unblock():
        maak_rollen(make_conninfo(**waar))
        connection.close()
        opties["assume_role"] = os.environ["TEST_ROL"]
        yield
        del opties["assume_role"]
        connection.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what commits, and is emptied afterwards."""
    items[:] = [item for item in items if not _echt(item)]


def _echt(item: pytest.Item) -> bool:
    merk = item.get_closest_marker("django_db")
    namen: list[str] = getattr(item, "fixturenames", [])
    return bool(merk and merk.kwargs.get("transaction")) or bool(ECHT & set(namen))
