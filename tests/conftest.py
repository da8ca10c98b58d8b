"""What every test may lean on."""

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Django's flush empties every table; only in tests may it empty the logboek too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table logboek_logregel disable trigger logboek_niet_legen")
