"""Pytest plugin: one real PostgreSQL per run, migrated once and kept as a template.

The migrated cluster is kept under `var/sjabloon`, keyed by everything that decides what is in it:
the next run copies it instead of making and migrating one. xdist's workers share the server of
their controller; each makes its own database from the template. What a test committed is taken out
again without Django's flush, which truncates all tables and makes all permissions anew.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from portal.ingebed import Server
from portal.ingebed.plaats import vind_bin

BASIS = Path(__file__).resolve().parent.parent
SJABLONEN = BASIS / "var" / "sjabloon"
NAAM = "portaal_sjabloon"
DAG = 86_400
HAAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What the server need not do for data that nobody keeps; tests that kill one start their own."""

_stapel = ExitStack()


def _kenmerk() -> str:
    """Changes with the migrations, the settings, the packages and the version of the server."""
    som = hashlib.sha256(os.fsencode(vind_bin()) + str(os.geteuid()).encode())
    bronnen = [BASIS / "requirements" / "ontwikkel.txt", BASIS / "portal" / "settings.py"]
    for pakket in ("accounts", "portal"):
        bronnen += sorted((BASIS / pakket).glob("**/migrations/*.py"))
        bronnen += sorted((BASIS / pakket).glob("**/*.sql"))
    for bron in bronnen:
        som.update(bron.read_bytes())
    return som.hexdigest()[:16]


def _kopieer(van: Path, naar: Path) -> None:
    """`cp -a` keeps the owner too, which is not us when we are root."""
    subprocess.run(["cp", "-a", str(van), str(naar)], check=True)  # noqa: S607 - POSIX


def _bewaar(map_: Path, sjabloon: Path) -> None:
    """Keep a stopped cluster for the next runs; forget those of more than a day ago."""
    SJABLONEN.mkdir(parents=True, exist_ok=True)
    for oud in SJABLONEN.iterdir():
        if time.time() - oud.stat().st_mtime > DAG:
            shutil.rmtree(oud, ignore_errors=True)
    half = Path(tempfile.mkdtemp(dir=SJABLONEN))
    _kopieer(map_, half / "cluster")
    try:
        (half / "cluster").rename(sjabloon)
    except OSError:  # another run was first
        shutil.rmtree(half / "cluster", ignore_errors=True)
    half.rmdir()


@contextmanager
def _draaiend(map_: Path) -> Iterator[Server]:
    server = Server(map_, HAAST)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _migreer(map_: Path) -> None:
    with _draaiend(map_) as server:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0", "--no-input"],
            cwd=BASIS,
            env=os.environ | {"DATABASE_URL": server.url(NAAM), "DB_STATEMENT_TIMEOUT": "0"},
            check=True,
        )


def _start() -> str:
    """Return the URL of a running server that has the migrated template."""
    buiten = Path(_stapel.enter_context(tempfile.TemporaryDirectory(prefix="eigen-regie-")))
    buiten.chmod(0o711)  # ours alone, but the account of the server must get in
    map_, sjabloon = buiten / "server", SJABLONEN / _kenmerk()
    if sjabloon.exists():
        _kopieer(sjabloon, map_)
    else:
        _migreer(map_)
        if (map_ / "pg").exists():  # elsewhere when the account cannot reach the directory
            _bewaar(map_, sjabloon)
    return _stapel.enter_context(_draaiend(map_)).url()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ["TESTEN"] = "1"
    if "DATABASE_URL" not in os.environ:  # xdist workers inherit the controller's server
        os.environ["TEST_SJABLOON"] = NAAM
        os.environ["DATABASE_URL"] = _start()


BLIJFT = {"django_migrations", "django_content_type", "auth_permission"}
"""What migrating made, and no test changes."""


def leeg(*_: object) -> None:
    """Empty every table that holds a row, in one statement; twenty times faster than flush."""
    from django.db import connection, transaction

    namen = set(connection.introspection.django_table_names(only_existing=True)) - BLIJFT
    rijen = [f"select '{n}' where exists (select from {n})" for n in sorted(namen)]  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" union all ".join(rijen))
        if gevuld := [naam for (naam,) in cursor]:
            cursor.execute(f"truncate {', '.join(gevuld)} cascade")


def pytest_sessionstart() -> None:
    """A database of the tests is a copy of the template; migrating it finds nothing to do."""
    from django.db import connection
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = leeg
    if sjabloon := os.environ.get("TEST_SJABLOON"):
        connection.settings_dict["TEST"]["TEMPLATE"] = sjabloon


def pytest_unconfigure() -> None:
    _stapel.close()
