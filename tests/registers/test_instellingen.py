"""Off until configured; half configured stops the start; the state page names no one."""

import pytest

from portal.registers import brp, stand
from portal.registers.checks import buren_volledig
from portal.registers.verbinding import Buurstoring
from tests.nep_brp import NepBrp
from tests.registers.conftest import zet


def _codes() -> list[str]:
    return [melding.id for melding in buren_volledig(None)]


def test_zonder_buren_is_alles_in_orde(settings):
    settings.BUREN = {}
    assert _codes() == []


def test_een_halve_instelling_noemt_wat_er_ontbreekt(settings):
    settings.BUREN = {"zaken": {"url": "https://zaken.example", "client_id": "portaal"}}
    (melding,) = buren_volledig(None)
    assert melding.id == "registers.E001"
    assert "ZAKEN_GEHEIM" in melding.msg


@pytest.mark.parametrize(
    "url",
    ["http://brp.example", "ftp://brp.example", "https://", "https://wie:wat@brp.example", "brp"],
)
def test_een_adres_dat_niet_kan_wordt_geweigerd(settings, url):
    settings.DEMO = False
    settings.BUREN = {"brp": {"url": url, "geheim": "x"}}
    assert _codes() == ["registers.E002"]


def test_een_te_kort_gedeeld_geheim_wordt_geweigerd(settings):
    settings.BUREN = {"zaken": {"url": "https://z.example", "client_id": "p", "geheim": "kort"}}
    assert _codes() == ["registers.E003"]


@pytest.mark.django_db
def test_de_stand_noemt_elke_buur_en_wat_eraan_schort(settings):
    settings.BUREN = {"zaken": {"url": "https://zaken.example"}}
    regels = {regel.naam: regel for regel in stand.stand()}
    assert not regels["brp"].gekoppeld
    assert regels["zaken"].ontbreekt == ("ZAKEN_CLIENT_ID", "ZAKEN_GEHEIM")
    assert regels["zaken"].werkt is None


@pytest.mark.django_db
def test_de_stand_volgt_een_buur_die_valt_en_terugkomt(koppel, settings, noor):
    nep = koppel(NepBrp())
    brp.persoon(noor)
    nep.stop()
    with pytest.raises(Buurstoring):
        brp.persoon(noor)
    weg = {regel.naam: regel for regel in stand.stand()}["brp"]
    assert (weg.werkt, weg.reden) == (False, "geen-verbinding")
    nep.start()
    brp.persoon(noor)
    assert {regel.naam: regel for regel in stand.stand()}["brp"].werkt


@pytest.mark.django_db
def test_drie_keer_mis_geeft_een_buur_rust(settings, noor):
    settings.BUREN = {}
    zet(settings, "brp", "http://127.0.0.1:9")
    redenen = []
    for _ in range(4):
        with pytest.raises(Buurstoring) as fout:
            brp.persoon(noor)
        redenen.append(fout.value.reden)
    assert redenen == ["geen-verbinding"] * 3 + ["onderbroken"]
    assert {regel.naam: regel for regel in stand.stand()}["brp"].rust
