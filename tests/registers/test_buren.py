"""All stand-ins together, as `make run` starts them."""

import pytest

from portal.demo.omgeving import BUURPADEN
from portal.registers import basisgegevens, zaken
from tests.nep_buren import SOORTEN, NepBuren
from tests.registers.conftest import zet

pytestmark = pytest.mark.django_db


def test_de_demo_kent_elke_nagebootste_buur():
    assert {soort.naam.upper(): soort.basispad.strip("/") for soort in SOORTEN} == BUURPADEN


def test_alle_buren_antwoorden_achter_een_poort(settings, noor, omar, bakkerij):
    settings.BUREN = {}
    with NepBuren() as buren:
        for naam, pad in BUURPADEN.items():
            zet(settings, naam.lower(), f"http://127.0.0.1:{buren.poort}/{pad}")
        assert basisgegevens.persoon(noor).er
        assert basisgegevens.onderneming(bakkerij).er
        assert basisgegevens.adressen("1234AB", "1").er
        assert [zaak.identificatie for zaak in zaken.zaken_van(omar)] == ["ZAAK-2026-0000000042"]
