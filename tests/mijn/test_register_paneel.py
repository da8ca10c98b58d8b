"""What a base register says stands beside one's own values, marked, and may be absent."""

import pytest

from tests.mijn.conftest import tekst
from tests.nep_brp import NepBrp
from tests.nep_kvk import NepKvk
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
PAGINA = "/mijn-gegevens/"


@pytest.mark.uitgangspunt("REG-1")
def test_noor_ziet_haar_woonadres_uit_de_brp(noor, koppel):  # noqa: F811 - fixture
    koppel(NepBrp())
    gelezen = tekst(noor.get(PAGINA))
    assert "Noor Elisabeth de Wit" in gelezen
    assert "Uit de BRP" in gelezen
    assert "In onderzoek" not in gelezen


def test_omar_ziet_dat_zijn_adres_onderzocht_wordt(omar, koppel):  # noqa: F811 - fixture
    koppel(NepBrp())
    assert "In onderzoek" in tekst(omar.get(PAGINA))


@pytest.mark.uitgangspunt("REG-1")
def test_de_bakker_ziet_wat_in_het_handelsregister_staat(bakker, koppel):  # noqa: F811 - fixture
    koppel(NepKvk())
    assert "Bakkerij De Korenbloem" in tekst(bakker.get(PAGINA))


@pytest.mark.uitgangspunt("REG-6")
def test_een_brp_die_weg_is_kost_een_mededeling_en_geen_pagina(noor, koppel):  # noqa: F811
    koppel(NepBrp()).stop()
    antwoord = noor.get(PAGINA)
    assert antwoord.status_code == 200
    assert "Wij kunnen uw gegevens uit de BRP nu niet laten zien." in tekst(antwoord)


@pytest.mark.uitgangspunt("MIN-6")
def test_het_nummer_staat_niet_op_de_pagina(noor, koppel):  # noqa: F811 - fixture
    koppel(NepBrp())
    assert "999990019" not in noor.get(PAGINA).content.decode()
