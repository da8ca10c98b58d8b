"""Three planted faults of the login must be found every time; `make mutanten` plants them all."""

from pathlib import Path

import pytest

from tests.mutanten.__main__ import is_rood, kopie, mutanten, plant

pytestmark = [pytest.mark.login, pytest.mark.storingen]
ALTIJD = mutanten(["accounts"])[:3]


@pytest.mark.parametrize("mutant", ALTIJD, ids=[m.naam for m in ALTIJD])
def test_een_geplante_fout_maakt_de_toetsen_rood(mutant, tmp_path: Path, monkeypatch):
    for naam in ("DATABASE_URL", "TEST_SJABLOON", "PYTEST_XDIST_WORKER"):
        monkeypatch.delenv(naam, raising=False)  # a server of its own: ours has our databases
    boom = kopie(tmp_path)
    plant(mutant, boom)
    assert is_rood(mutant, boom)
