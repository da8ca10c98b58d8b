"""Least privilege: what deploy/productie/rollen.sql gives is enough for the work, and no more."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from portal.ingebed import Server
from tests.huis.conftest import BASIS
from tests.rollen import maak_rollen

pytestmark = [pytest.mark.lang, pytest.mark.timeout(400)]
NIET_VAN_WEB = [
    "alter table logboek_logregel disable trigger all",
    "drop trigger logboek_alleen_toevoegen on logboek_logregel",
    "create or replace function logboek_weiger() returns trigger language plpgsql as 'begin end'",
    "set session_replication_role = replica",
    "set logboek.opruimen = 'aan'; delete from logboek_logregel",
    "update logboek_logregel set doel = ''",
    "truncate logboek_logregel",
    "alter table klanten_gebeurtenis disable trigger user",
    "drop table klanten_klant",
    "create table eigen ()",
    "create temp table eigen ()",
    "create role nog_een superuser",
    "copy klanten_klant to program 'cat'",
    "set role portaal_eigenaar",
]


@pytest.fixture(scope="module")
def superuser() -> Iterator[str]:
    """A database as the handbook makes it: roles first, then the migrations of the owner."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        Path(map_).chmod(0o711)
        server = Server(Path(map_) / "server")
        server.start()
        try:
            url = server.url()
            maak_rollen(url)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0", "--no-input"],
                cwd=BASIS, env=os.environ | {"DATABASE_URL": als(url, "eigenaar")}, check=True,
            )  # fmt: skip
            yield url
        finally:
            server.stop()


def als(url: str, rol: str) -> str:
    delen = conninfo_to_dict(url)
    return f"postgresql://portaal_{rol}:{rol}@{delen['host']}:{delen['port']}/{delen['dbname']}"


@pytest.mark.parametrize("opdracht", NIET_VAN_WEB)
def test_web_kan_de_bewaking_niet_uitzetten(superuser: str, opdracht: str) -> None:
    with psycopg.connect(als(superuser, "web")) as verbinding:
        verbinding.execute("select count(*) from logboek_logregel")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            verbinding.execute(opdracht)


def test_de_werker_haalt_oude_dagen_weg_en_ziet_wie_de_databank_ophoudt(superuser: str) -> None:
    with psycopg.connect(als(superuser, "werker"), autocommit=True) as verbinding:
        verbinding.execute("set logboek.opruimen = 'aan'; delete from logboek_logregel")
        ziet = "select pg_has_role('pg_read_all_stats', 'usage')"
        assert verbinding.execute(ziet).fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            verbinding.execute("update logboek_logregel set doel = ''")


def test_nog_eens_draaien_laat_alles_zoals_het_was(superuser: str) -> None:
    rechten = "select relname, relacl::text from pg_class where relname like 'logboek_%' order by 1"
    with psycopg.connect(superuser, autocommit=True) as verbinding:
        eerst = verbinding.execute(rechten).fetchall()
        maak_rollen(superuser)
        assert verbinding.execute(rechten).fetchall() == eerst


@pytest.mark.parametrize(
    ("rol", "paden"),
    [
        ("portaal_web", ["tests/klanten", "tests/accounts/test_sessie.py"]),
        ("portaal_werker", ["tests/berichten", "tests/klanten/test_tasks.py"]),
    ],
)
def test_met_de_rechten_van_zijn_rol_doet_elk_zijn_werk(rol: str, paden: list[str]) -> None:
    omgeving = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "PYTEST_"))}
    uit = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.rollen", "-m", "not lang and not e2e",
         *paden],
        cwd=BASIS, env=omgeving | {"TEST_ROL": rol}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert uit.returncode == 0, uit.stdout[-3000:]
    assert " passed" in uit.stdout
