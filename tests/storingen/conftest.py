"""Eén opstelling voor alle storingstests; elke test begint leeg."""

import os
import tempfile

import pytest

from tests.storingen.opstelling import Opstelling


@pytest.fixture(scope="session")
def _opstelling():
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        os.chmod(map_, 0o711)  # noqa: S103 - de databank draait onder een ander account
        with Opstelling(map_) as opstelling:
            yield opstelling


@pytest.fixture
def opstelling(_opstelling, socket_enabled):
    _opstelling.begin_opnieuw()
    yield _opstelling
    _opstelling.begin_opnieuw()
