"""What the tests of a module share is there for who asks, the same each time, and no one else."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.klanten.models import Proces
from tests import conftest

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def proces(gedeeld):
    with gedeeld():
        return Proces.objects.create(code="straat", bewaartermijn=timedelta(days=30)).pk


@pytest.mark.parametrize("keer", [1, 2])
def test_wat_een_test_ermee_doet_ziet_de_volgende_niet(proces, keer):
    assert list(Proces.objects.values_list("pk", "omschrijving")) == [(proces, "")]
    Proces.objects.update(omschrijving="Straat")
    Proces.objects.create(code="park", bewaartermijn=timedelta(days=30))


def test_wie_er_niet_om_vraagt_ziet_het_niet():
    assert not Proces.objects.exists()


def item(naam, *fixtures, bestand="test_x.py", **merk):
    return SimpleNamespace(
        nodeid=naam,
        path=Path(bestand),
        fixturenames=fixtures,
        get_closest_marker=lambda _naam: SimpleNamespace(kwargs=merk) if merk else None,
    )


def test_wie_deelt_komt_in_elke_module_achteraan():
    items = [item("deelt", "gedeeld"), item("los"), item("elders", bestand="test_y.py")]
    conftest.pytest_collection_modifyitems(items)
    assert [deel.nodeid for deel in items] == ["los", "deelt", "elders"]


@pytest.mark.parametrize(
    "ander",
    [item("test_a", "transactional_db"), item("test_a", transaction=True)],
    ids=["fixture", "merk"],
)
def test_in_een_module_die_deelt_legt_niemand_iets_vast(ander):
    with pytest.raises(pytest.UsageError, match="test_a legt vast in een module die deelt"):
        conftest.pytest_collection_modifyitems([item("deelt", "gedeeld"), ander])
    conftest.pytest_collection_modifyitems([item("deelt", "gedeeld", bestand="y.py"), ander])
