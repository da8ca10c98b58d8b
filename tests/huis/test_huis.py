"""The house stands: settings load, migrations agree with the models, a real PostgreSQL answers."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_de_databank_is_postgresql_18() -> None:
    assert connection.pg_version // 10_000 == 18


@pytest.mark.django_db
def test_modellen_en_migraties_zijn_gelijk() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
