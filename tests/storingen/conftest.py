"""Eén opstelling voor alle storingstests, en één met webprocessen; elke test begint leeg."""

import os
import tempfile
from contextlib import contextmanager

import pytest

from tests.storingen.opstelling import Opstelling
from tests.storingen.storm import Storm


@contextmanager
def _in_eigen_map(soort):
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        os.chmod(map_, 0o711)  # noqa: S103 - de databank draait onder een ander account
        with soort(map_) as opstelling:
            yield opstelling


@pytest.fixture(scope="session")
def _opstelling():
    with _in_eigen_map(Opstelling) as opstelling:
        yield opstelling


@pytest.fixture(scope="session")
def _storm():
    with _in_eigen_map(Storm) as storm:
        yield storm


@pytest.fixture
def opstelling(_opstelling, socket_enabled):
    _opstelling.begin_opnieuw()
    yield _opstelling
    _opstelling.begin_opnieuw()


@pytest.fixture
def storm(_storm, socket_enabled):
    _storm.begin_opnieuw()
    yield _storm
    _storm.begin_opnieuw()
