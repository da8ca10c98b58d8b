"""P9: who cannot be helped now hears so at once, and loses nothing of what was typed."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.drukte import Drukte
from portal.klanten.models import Klant
from tests.bench.bezoek import CSRF, uitslag
from tests.bench.schaal import EISEN
from tests.bench.webhooks import gemist
from tests.databank import BASIS
from tests.mijn.conftest import NOOR, Mens, velden_van

NAAM = "/mijn-gegevens/naam/"


def formulier(antwoord):
    """What the browser sends of this page: the fields, and the token that velden_van leaves out."""
    token = CSRF.search(antwoord.content.decode())
    return velden_van(antwoord) | {"csrfmiddlewaretoken": token[1]}


@pytest.fixture
def noor(db):
    return Mens(enforce_csrf_checks=True).log_in(NOOR)


def test_wie_er_niet_meer_bij_kan_hoort_dat_meteen_en_later_lukt_het(settings):
    settings.WEB_TEGELIJK = 2
    binnen, klaar = threading.Barrier(3), threading.Event()

    def langzaam(request):
        if request.path == "/langzaam/":
            binnen.wait(5)
            klaar.wait(5)
        return HttpResponse("ok")

    deur, vraag = Drukte(langzaam), RequestFactory().get
    with ThreadPoolExecutor(2) as draden:
        bezig = [draden.submit(deur, vraag("/langzaam/")) for _ in range(2)]
        binnen.wait(5)
        derde = deur(vraag("/"))
        klaar.set()
        assert [antwoord.result(5).status_code for antwoord in bezig] == [200, 200]
    assert (derde.status_code, derde["Retry-After"]) == (503, "5")
    assert deur(vraag("/")).status_code == 200


def test_een_fout_geeft_de_plaats_terug(settings):
    settings.WEB_TEGELIJK = 1

    def kapot(request):
        raise ValueError

    deur = Drukte(kapot)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 - de onze, en geen 503
            deur(RequestFactory().get("/"))


def test_wat_bij_drukte_is_ingevuld_kan_daarna_zo_verstuurd(noor, settings):
    ingevuld = formulier(noor.get(NAAM)) | {"waarde": "Noortje"}
    settings.WEB_TEGELIJK = 0
    noor.handler.load_middleware()
    vol = noor.post(NAAM, ingevuld)
    assert (vol.status_code, vol["Retry-After"], Klant.objects.count()) == (503, "5", 0)
    assert "Content-Security-Policy" in vol.headers

    settings.WEB_TEGELIJK = 1
    noor.handler.load_middleware()
    assert noor.post(NAAM, formulier(vol)).status_code == 303
    assert "Noortje" in noor.lees("/mijn-gegevens/")


@pytest.mark.lang
def test_een_formulier_van_een_ander_wordt_bij_drukte_niet_echt(noor, settings):
    noor.get(NAAM)
    settings.WEB_TEGELIJK = 0
    noor.handler.load_middleware()
    vol = noor.post(NAAM, {"waarde": "Vreemd", "csrfmiddlewaretoken": "x" * 64})
    settings.WEB_TEGELIJK = 1
    noor.handler.load_middleware()
    assert noor.post(NAAM, formulier(vol)).status_code == 403


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_de_weigering_spreekt_de_taal_van_de_browser(settings, client, taal):
    settings.WEB_TEGELIJK = 0
    tekst = client.get("/", headers={"Accept-Language": taal}).content.decode()
    assert f'lang="{taal}"' in tekst


def test_een_systeem_krijgt_de_weigering_als_probleem(settings, client):
    settings.WEB_TEGELIJK = 0
    antwoord = client.get("/api/v1/klanten")
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "5")
    assert antwoord["Content-Type"].startswith("application/problem+json")


def test_het_image_heeft_draden_over_om_te_weigeren(settings):
    draden = re.search(r"GRANIAN_BLOCKING_THREADS=(\d+)", (BASIS / "Dockerfile").read_text())[1]
    assert int(draden) > settings.WEB_TEGELIJK > 0


def test_de_meting_is_rood_als_iedereen_wordt_geweigerd():
    goed = uitslag([100.0] * 600, Counter(pagina=600), 20, 30)
    dicht = uitslag([], Counter(netjes=600), 20, 30)
    eisen = {naam: eis for naam, eis in EISEN.items() if naam.startswith("pages_")}
    rondes = ("pages_agreed", "pages_tenfold", "pages_after")
    assert gemist(dict.fromkeys(rondes, goed), eisen) == []
    assert len(gemist(dict.fromkeys(rondes, dicht), eisen)) == 5
