"""Who logs out at the stand-in is logged out here too: it tells the portal, over real HTTP."""

import pytest
import requests
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import Sessie
from tests.inloggen import NIVEAUS, inloggen

pytestmark = [pytest.mark.login, pytest.mark.lang]
VAN_NOOR = {"persoon": "noor", "niveau": NIVEAUS["digid"][30], "doe": "inloggen"}


class Browser(requests.Session):
    """A browser without JavaScript: keeps cookies, sends the form of a page."""

    def __init__(self, portaal):
        super().__init__()
        self.portaal = portaal

    def ga(self, pad):
        return self.get(f"{self.portaal}{pad}", timeout=20)

    def verstuur(self, pagina, **velden):
        soep = BeautifulSoup(pagina.content, "html.parser")
        teken = soep.select_one("main [name=csrfmiddlewaretoken]")["value"]
        return self.post(pagina.url, {"csrfmiddlewaretoken": teken, **velden}, timeout=20)

    def is_binnen(self):
        return self.ga("/beveiliging/").url.endswith("/beveiliging/")


@pytest.fixture
def portaal(portaal):
    from accounts import achterkanaal

    achterkanaal.vergeet()
    yield portaal
    achterkanaal.vergeet()


def noor_logt_in(portaal):
    browser = Browser(portaal)
    assert browser.verstuur(browser.ga("/inloggen/digid/"), **VAN_NOOR).url.endswith("/overzicht/")
    return browser


def test_uitloggen_bij_het_middel_beeindigt_de_sessie_bij_de_gemeente(portaal):
    noor, elders = noor_logt_in(portaal), noor_logt_in(portaal)
    pagina = noor.ga("/nagebootst/digid/uitloggen")
    assert "U bent hier ingelogd." in pagina.text
    assert noor.is_binnen()
    klaar = noor.verstuur(pagina)
    assert "Uw sessie daar is ook beëindigd." in klaar.text
    assert not noor.is_binnen()
    assert elders.is_binnen()
    assert "U bent niet ingelogd" in noor.ga("/nagebootst/digid/uitloggen").text


def test_zekerder_inloggen_hoort_bij_dezelfde_sessie_van_het_middel(portaal):
    noor = noor_logt_in(portaal)
    sid = Sessie.objects.exclude(sid_index="").get().sid_index
    noor.verstuur(noor.ga("/inloggen/digid/?handeling=rekeningnummer"), **VAN_NOOR)
    assert Sessie.objects.exclude(sid_index="").get().sid_index == sid
    noor.verstuur(noor.ga("/nagebootst/digid/uitloggen"))
    assert not noor.is_binnen()


def test_uitloggen_bij_de_gemeente_gaat_langs_het_middel(portaal):
    noor = noor_logt_in(portaal)
    soep = BeautifulSoup(noor.ga("/overzicht/").content, "html.parser")
    teken = soep.select_one(".kg-uitloggen [name=csrfmiddlewaretoken]")["value"]
    klaar = noor.post(f"{portaal}/uitloggen/", {"csrfmiddlewaretoken": teken}, timeout=20)
    assert "U bent uitgelogd bij DigiD (nagebootst)" in klaar.text
    assert not noor.is_binnen()
    assert "U bent niet ingelogd" in noor.ga("/nagebootst/digid/uitloggen").text


@pytest.mark.django_db
def test_een_koekje_van_een_ander_middel_of_van_niemand_telt_niet():
    client = Client()
    inloggen(client)
    koekje = client.cookies["nagebootst"]
    assert (koekje["path"], koekje["httponly"]) == ("/nagebootst/digid/", True)
    assert "999990019" not in koekje.value
    for waarde in (koekje.value, "onzin"):
        ander = Client()
        ander.cookies["nagebootst"] = waarde
        tekst = ander.get("/nagebootst/eherkenning/uitloggen").content.decode()
        assert "U bent niet ingelogd bij eHerkenning" in tekst
