"""The address help in a real browser: it fills in, leaves alone, and never stops the saving."""

import pytest

from tests.browser import Venster, expect, log_in
from tests.nep_pdok import NepPdok
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures
from tests.voorkant.paginas import mensen

pytestmark = pytest.mark.e2e


def op_adres(venster: Venster):
    mensen()
    bladzijde = venster()
    log_in(bladzijde, "omar", niveau=30)
    bladzijde.goto("/mijn-gegevens/adres/")
    bladzijde.get_by_label("Postcode").fill("1234 AB")
    bladzijde.locator("input[name=huisnummer]").fill("12")
    bladzijde.keyboard.press("Tab")
    return bladzijde


def test_straat_en_plaats_verschijnen_en_opslaan_lukt(venster, koppel):  # noqa: F811 - fixture
    koppel(NepPdok())
    bladzijde = op_adres(venster)
    expect(bladzijde.locator("input[name=straat]")).to_have_value("Waterlaan")
    expect(bladzijde.locator("input[name=plaats]")).to_have_value("Waterveen")
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator("#inhoud")).to_contain_text("Waterlaan 12")


def test_zonder_pdok_lukt_opslaan_ook(venster, koppel):  # noqa: F811 - fixture
    koppel(NepPdok()).stop()
    bladzijde = op_adres(venster)
    bladzijde.locator("input[name=straat]").fill("Kerkstraat")
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator("#inhoud")).to_contain_text("Kerkstraat 12")
