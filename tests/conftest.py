"""Wat elke test kan gebruiken: schone echte transacties, en veel mensen tegelijk."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import groupby
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.template import Context, Template
from django.test.utils import instrumented_test_render
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker


def zonder_meekijken(sjabloon: Template, context: Context) -> str:
    """Render as outside the tests, where Django tells nobody which template it draws."""
    return sjabloon.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def _niemand_kijkt_mee(django_test_environment: None) -> None:
    """Hardly a test asks for a context, and Django would copy hundreds of them a page."""
    Template._render = zonder_meekijken


@pytest.fixture
def contexten(monkeypatch: pytest.MonkeyPatch) -> None:
    """For who does ask: each answer of the test client has its `context`, as Django wants it."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Django's flush empties every table; only in tests may it empty the logboek too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table logboek_logregel disable trigger logboek_niet_legen")


@pytest.fixture(scope="module")
def gedeeld(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """What is made inside `with gedeeld():` stands there for each test of the module that asks.

    For a fixture of scope "module" that takes long to fill in. Each test starts from what it left
    and is rolled back to it; afterwards it is gone. `pytest_collection_modifyitems` keeps those who
    did not ask away from it.
    """
    blok = transaction.atomic()
    blok._from_testcase = True  # what is durable may be inside, as in Django's own tests
    with django_db_blocker.unblock():
        blok.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        blok.__exit__(None, None, None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A request in English leaves its language behind in the thread."""
    translation.deactivate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In each module, who shares rows comes last; sharing and committing do not go together."""
    per_module = [list(groep) for _, groep in groupby(items, lambda item: item.path)]
    items[:] = [item for groep in per_module for item in sorted(groep, key=deelt)]
    delen = {item.path for item in items if deelt(item)}
    for item in items:
        if item.path in delen and legt_vast(item):
            raise pytest.UsageError(f"{item.nodeid} legt vast in een module die deelt")


def deelt(item: pytest.Item) -> bool:
    """Does this test start from rows that its module shares?"""
    return "gedeeld" in item.fixturenames  # type: ignore[attr-defined]


def legt_vast(item: pytest.Item) -> bool:
    """Does this test commit, so that it needs the connection without a transaction around it?"""
    merk = item.get_closest_marker("django_db")
    vraagt = {"transactional_db", "live_server"} & {*item.fixturenames}  # type: ignore[attr-defined]
    return bool(vraagt) or bool(merk and merk.kwargs.get("transaction"))


@pytest.fixture
def echte_transacties(transactional_db: None) -> Iterator[None]:
    """Django's flush slaat de tabellen van procrastinate over: die zijn niet van Django."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")


@pytest.fixture
def tegelijk(echte_transacties: None) -> Callable[[int, Callable[[int], object]], list[object]]:
    """`tegelijk(n, f)`: n draden met elk een eigen verbinding beginnen op hetzelfde moment.

    Returns per call its result, or the exception it raised.
    """

    def doe(aantal: int, werk: Callable[[int], object]) -> list[object]:
        start = Barrier(aantal)

        def een(nummer: int) -> object:
            close_old_connections()
            try:
                with connection.cursor() as cursor:
                    cursor.execute("set lock_timeout = '60s'; set statement_timeout = '60s'")
                connection.connection.geduld = None
                start.wait()
                return werk(nummer)
            except Exception as fout:  # noqa: BLE001 - de test beoordeelt wat er misging
                return fout
            finally:
                connections.close_all()

        with ThreadPoolExecutor(aantal) as draden:
            return list(draden.map(een, range(aantal)))

    return doe
