"""De lijst met geplante fouten past op de code van nu; `make mutanten` draait haar."""

import pytest

from tests.mutanten.__main__ import BASIS, Mutant, eis_te_planten, mutanten


@pytest.mark.parametrize("mutant", mutanten([]), ids=lambda mutant: mutant.naam)
def test_elke_fout_is_te_planten_en_haar_test_bestaat(mutant: Mutant) -> None:
    eis_te_planten(mutant)
    bestand, _, naam = mutant.test.partition("::")
    assert f"def {naam}" in (BASIS / bestand).read_text(encoding="utf-8")
