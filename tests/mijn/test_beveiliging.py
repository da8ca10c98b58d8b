"""Beveiliging: wie een klant heeft ziet zijn inlogs; wie alleen keek laat niets na."""

import copy
import datetime as dt
import uuid

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts import inlogregels
from accounts.models import Concept, Inlogregel
from portal.klanten.handelingen import verwijder_klant
from portal.klanten.models import Klant
from portal.mijn.tasks import wis_inlogregels
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import inloggen
from tests.mijn.conftest import Mens, tekst
from tests.mijn.vulling import NOOR, authenticatie, vul_korenbloem, vul_noor

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
PAGINA = "/beveiliging/"


@pytest.fixture(scope="module")
def koekjes(gedeeld):
    """Noor vulde alles in en logde in; dit houdt haar browser over."""
    with gedeeld():
        vul_noor()
        browser = Client()
        inloggen(browser, "noor")
    return browser.cookies


@pytest.fixture
def browser(koekjes):
    browser = Client()
    browser.cookies = copy.deepcopy(koekjes)
    return browser


@pytest.mark.uitgangspunt("MIN-4")
def test_wie_geen_klant_is_laat_geen_inlogregel_na(client):
    inloggen(client, "noor")
    assert not Inlogregel.objects.exists()
    assert "Wij hebben niet bewaard wanneer er is ingelogd." in tekst(client.get(PAGINA))


def test_wie_klant_is_ziet_wanneer_en_waarmee(browser):
    lees = tekst(browser.get(PAGINA))
    assert "DigiD (de DigiD app met ID-check)" in lees
    assert timezone.localtime().strftime("%Y") in lees
    regel = Inlogregel.objects.get()
    assert (regel.middel, regel.niveau) == ("digid", 30)


def test_een_ander_ziet_mijn_inlogs_niet(browser, client):
    inloggen(client, "omar")
    regel = Inlogregel.objects.get()
    assert "Wij hebben niet bewaard wanneer er is ingelogd." in tekst(client.get(PAGINA))
    assert client.post(f"{PAGINA}{regel.pk}/niet/").status_code == 404


def test_ik_herken_dit_niet_sluit_alle_andere_apparaten_af(browser):
    elders = Client()
    inloggen(elders, "noor")
    regel = Inlogregel.objects.latest("op")
    antwoord = browser.post(f"{PAGINA}{regel.pk}/niet/")
    assert (antwoord.status_code, antwoord["Location"]) == (303, PAGINA)
    assert "U herkende dit niet." in tekst(browser.get(PAGINA))
    assert elders.get(PAGINA).status_code == 302


def test_ik_herken_dit_niet_sluit_ook_wie_namens_haar_inlogde_af(browser):
    omar, van_hemzelf = Client(), Client()
    inloggen(omar, "omar-voor-noor", middel="machtigen")
    inloggen(van_hemzelf, "omar")
    regel = Inlogregel.objects.latest("op")
    browser.post(f"{PAGINA}{regel.pk}/niet/")
    assert [c.get(PAGINA).status_code for c in (browser, omar, van_hemzelf)] == [200, 302, 200]


@pytest.mark.parametrize("persoon", ["korenbloem", "korenbloem-winkel"])
def test_ik_herken_dit_niet_sluit_elke_vertegenwoordiger_van_het_bedrijf_af(persoon):
    vul_korenbloem()
    klant_van_de_winkel()
    bakker, collega, noor = Client(), Client(), Client()
    inloggen(bakker, persoon, middel="eherkenning")
    inloggen(collega, "korenbloem-2", middel="eherkenning")
    inloggen(noor, "noor")
    regel = Inlogregel.objects.filter(subject=inlog_in(bakker).ingelogd_index).latest("op")
    bakker.post(f"{PAGINA}{regel.pk}/niet/")
    assert [c.get(PAGINA).status_code for c in (bakker, collega, noor)] == [200, 302, 200]


def klant_van_de_winkel():
    winkel = Mens()
    inloggen(winkel, "korenbloem-winkel", middel="eherkenning")
    winkel.verstuur("/mijn-gegevens/naam/", waarde="Winkel")
    winkel.post("/uitloggen/")


def test_de_bladzijde_heeft_een_kruimelpad_en_de_naam_in_de_band(browser):
    bladzijde = browser.get(PAGINA).content.decode()
    assert 'aria-label="Kruimelpad"' in bladzijde
    assert "Noor de Vries" in bladzijde.partition('id="wie"')[2].partition("</ul>")[0]


def test_overal_uitloggen_wist_ook_wat_getypt_is(browser):
    browser.post("/sessie/verlengen/", {"next": "/mijn-gegevens/naam/", "waarde": "Noortje"})
    assert Concept.objects.exists()
    browser.post(f"{PAGINA}uitloggen/")
    assert not Concept.objects.exists()


def test_een_gemachtigde_staat_er_als_iemand_anders(browser):
    inloggen(Client(), "omar-voor-noor", middel="machtigen")
    assert "door iemand anders die namens u" in tekst(browser.get(PAGINA))


def test_log_mij_overal_uit(browser):
    elders = Client()
    inloggen(elders, "noor")
    assert browser.post(f"{PAGINA}uitloggen/")["Location"] == "/uitgelogd/"
    assert [c.get(PAGINA).status_code for c in (browser, elders)] == [302, 302]


@pytest.mark.parametrize("pad", ["1/niet/", "uitloggen/"])
def test_wie_niet_post_verandert_niets(browser, pad):
    assert browser.get(PAGINA + pad).status_code == 405


def test_na_90_dagen_is_een_inlogregel_weg(browser):
    op = timezone.now() + inlogregels.BEWAREN
    assert inlogregels.ruim_op(op - dt.timedelta(minutes=1)) == 0
    subject = Inlogregel.objects.get().subject
    assert not inlogregels.regels_van(subject, op=op).exists()
    assert inlogregels.ruim_op(op) == 1


def test_met_de_klant_gaan_de_inlogregels_weg(browser, django_capture_on_commit_callbacks):
    gang = {"door": authenticatie(NOOR), "gezien": Klant.objects.get().versie}
    with django_capture_on_commit_callbacks(execute=True):
        verwijder_klant(Klant.objects.get().pk, sleutel=uuid.uuid4(), op=timezone.now(), **gang)
    assert not Inlogregel.objects.exists()


def test_wat_na_het_verwijderen_misgaat_maakt_het_niet_ongedaan_en_de_nacht_doet_het_over(
    browser, django_capture_on_commit_callbacks, monkeypatch
):
    def stuk():
        raise OperationalError

    gang = {"door": authenticatie(NOOR), "gezien": Klant.objects.get().versie}
    with monkeypatch.context() as even, django_capture_on_commit_callbacks(execute=True):
        even.setattr("portal.mijn.inlogregels.subjecten_zonder_klant", stuk)
        verwijder_klant(Klant.objects.get().pk, sleutel=uuid.uuid4(), op=timezone.now(), **gang)
    assert not Klant.objects.exists()
    assert Inlogregel.objects.exists()
    wis_inlogregels.func(timestamp=0)
    assert not Inlogregel.objects.exists()


def test_een_oude_inlog_staat_er_met_zijn_eigen_datum(browser):
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        inloggen(browser, "noor")
        assert tekst(browser.get(PAGINA)).count("DigiD (de DigiD app met ID-check)") == 3


def test_zonder_javascript_houdt_blijf_ingelogd_wat_getypt_is(client):
    inloggen(client, "noor")
    pagina = "/mijn-gegevens/naam/"
    assert "U bent ingelogd tot " in client.get(pagina).content.decode()
    antwoord = client.post("/sessie/verlengen/", {"next": pagina, "waarde": "Noortje"})
    assert antwoord["Location"] == pagina
    assert 'value="Noortje"' in client.get(pagina).content.decode()


def test_wat_getypt_is_staat_er_weer_na_opnieuw_inloggen(client):
    inloggen(client, "noor", niveau=25)
    pagina = "/mijn-gegevens/rekening/"
    antwoord = client.post(pagina, {"iban": "NL91ABNA0417164300"})
    assert antwoord["Location"].startswith("/inloggen/opnieuw/?handeling=rekeningnummer")
    inloggen(client, "noor", niveau=30, handeling="rekeningnummer", next=pagina)
    assert "NL91ABNA0417164300" in client.get(pagina).content.decode().replace(" ", "")
