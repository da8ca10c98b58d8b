"""Pytest plugin: one real PostgreSQL per run, started before Django reads its settings."""

import os
from contextlib import ExitStack

import pytest

from portal.ingebed import tijdelijke_databank

_stapel = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ["TESTEN"] = "1"
    if "DATABASE_URL" not in os.environ:  # xdist workers inherit the controller's server
        os.environ["DATABASE_URL"] = _stapel.enter_context(tijdelijke_databank())


def pytest_unconfigure() -> None:
    _stapel.close()
