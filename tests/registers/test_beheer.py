"""The functional manager sees how the neighbours are; nobody else does, and nobody is named."""

import pytest

from portal.registers import brp, uitbak
from portal.registers.verbinding import Buurstoring
from tests.inloggen import inloggen
from tests.mensen import NU
from tests.nep_brp import NepBrp
from tests.registers.conftest import zet
from tests.registers.test_slechte_antwoorden import KLANT

pytestmark = pytest.mark.django_db
PAGINA = "/beheer/registers/buurstand/"


@pytest.mark.parametrize("wie", ["beheerder", "lezer"])
def test_de_beheerder_ziet_elke_buur_met_haar_stand(client, koppel, settings, noor, wie):
    koppel(NepBrp())
    brp.persoon(noor)
    zet(settings, "kvk", "http://127.0.0.1:9")
    settings.BUREN["zaken"] = {"url": "https://zaken.example"}
    uitbak.zet_klaar("openklant", KLANT, op=NU)
    inloggen(client, wie, middel="medewerker")
    tekst = " ".join(client.get(PAGINA).content.decode().split())
    assert "BRP personen bevragen 2.7" in tekst
    assert "nee, zet ZAKEN_CLIENT_ID, ZAKEN_GEHEIM" in tekst
    assert "werkt" in tekst
    assert not any(waarde in tekst for waarde in ("999990019", str(KLANT), "127.0.0.1"))


def test_een_storing_staat_er_met_haar_reden(client, settings, noor):
    settings.BUREN = {}
    zet(settings, "brp", "http://127.0.0.1:9")
    with pytest.raises(Buurstoring):
        brp.persoon(noor)
    inloggen(client, "beheerder", middel="medewerker")
    assert "storing: geen-verbinding" in client.get(PAGINA).content.decode()


def test_een_inwoner_ziet_de_pagina_niet(client):
    inloggen(client, "noor")
    assert client.get(PAGINA).status_code == 302


@pytest.mark.parametrize("pad", ["add/", "brp/delete/"])
def test_er_valt_niets_te_wijzigen(client, pad):
    inloggen(client, "beheerder", middel="medewerker")
    assert client.post(PAGINA + pad).status_code in {302, 403}
