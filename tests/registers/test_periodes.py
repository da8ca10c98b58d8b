"""Een postadres dat vandaag begint of eindigt staat vandaag ook goed in Open Klant."""

from datetime import timedelta

import pytest

from portal.klanten.regels import NieuwPostadres, dag
from portal.registers import gevolg, uitbak
from portal.registers.models import Bijwerking
from tests.mensen import NU
from tests.nep_openklant import NepOpenKlant

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
VANDAAG = dag(NU)


@pytest.fixture
def openklant(koppel):
    return koppel(NepOpenKlant())


@pytest.fixture
def noor_thuis(openklant, mens, noor):
    """Noor krijgt van morgen tot overmorgen post op een ander adres; Open Klant weet van niets."""
    wie = mens(noor)
    adres = NieuwPostadres(
        postcode="1234 AB",
        huisnummer=1,
        straat="Kade",
        plaats="Waterveen",
        geldig_vanaf=VANDAAG + DAG,
        geldig_tot=VANDAAG + 2 * DAG,
    )
    wie.doet("wijzig_postadres", adres=adres)
    werk_af(0)
    return wie


def werk_af(dagen: int) -> None:
    uitbak.werk_af(lambda: NU + dagen * DAG)
    assert not Bijwerking.objects.exists()


def adres_daar(openklant: NepOpenKlant) -> dict | None:
    (partij,) = openklant.partijen.rijen.values()
    return partij["correspondentieadres"]


def test_op_de_dag_dat_het_ingaat_staat_het_daar_en_daarna_niet_meer(openklant, noor_thuis):
    gezien = []
    for dagen in range(3):
        gevolg.meld_periodes(NU + dagen * DAG)
        werk_af(dagen)
        gezien.append(bool(adres_daar(openklant)))
    assert gezien == [False, True, False]


def test_een_gemiste_nacht_wordt_ingehaald_en_daarna_blijft_het_stil(noor_thuis):
    verwacht = [(0, 0), (1, 1), (5, 1), (6, 0)]
    assert [(n, gevolg.meld_periodes(NU + n * DAG)) for n, _ in verwacht] == verwacht


def test_zonder_open_klant_hoeft_niemand_iets_te_horen(noor_thuis, settings):
    settings.BUREN = {}
    assert gevolg.meld_periodes(NU + DAG) == 0
    assert not Bijwerking.objects.exists()


def test_na_middernacht_hier_telt_de_nieuwe_dag(openklant, noor_thuis):
    net_na_middernacht = NU.replace(hour=23, minute=30)
    gevolg.meld_periodes(net_na_middernacht)
    uitbak.werk_af(lambda: net_na_middernacht)
    assert adres_daar(openklant)
