"""What a base register says stands beside one's own values, marked, and may be absent."""

import pytest

from portal.klanten.models import Klant
from portal.logboek import schrijven
from portal.logboek.inzage import gebruik_van
from portal.logboek.models import Logregel, Pseudoniem
from tests.mijn.conftest import tekst
from tests.nep_brp import NepBrp
from tests.nep_kvk import NepKvk
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
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


def bevragingen() -> list[tuple[str, bool]]:
    regels = Logregel.objects.filter(activiteit__in=["brp-bevragen", "kvk-bevragen"])
    return list(regels.values_list("activiteit", "eigen"))


@pytest.mark.uitgangspunt("PUR-1", "MIN-4")
def test_elke_vraag_aan_een_register_is_een_regel_ook_zonder_klant(noor, koppel):  # noqa: F811
    """Noor only looks around: the line is there, and of nobody."""
    nep = koppel(NepBrp())
    noor.get(PAGINA)
    assert bevragingen() == [("brp-bevragen", True)] * len(nep.verzoeken)
    assert not Klant.objects.exists()
    assert not Pseudoniem.objects.exists()


@pytest.mark.uitgangspunt("PUR-1")
def test_wie_een_klant_is_vindt_de_vraag_als_eigen_gebruik(noor, klant_van_noor, koppel):  # noqa: F811
    nep = koppel(NepBrp())
    noor.get(PAGINA)
    klant = Klant.objects.get()
    regels = [g for g in gebruik_van(klant.pk) if g.activiteit == "brp-bevragen"]
    assert [(regel.eigen, regel.doel) for regel in regels] == [
        (True, "Aan uzelf laten zien")
    ] * len(nep.verzoeken)


@pytest.mark.uitgangspunt("PUR-1")
def test_wat_niet_vastgelegd_kan_worden_wordt_niet_gevraagd(noor, koppel, monkeypatch):  # noqa: F811
    nep = koppel(NepBrp())
    monkeypatch.setattr(schrijven, "NIEMAND", "select 1/0")
    antwoord = noor.get(PAGINA)
    assert nep.verzoeken == []
    assert (antwoord.status_code, "Noor Elisabeth" in tekst(antwoord)) == (200, False)
