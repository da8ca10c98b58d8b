"""Het rekeningnummer: verborgen, nagekeken voor het opslaan, en met een zekere inlog."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.niveaus import Niveau
from portal.klanten.handelingen import opruimen
from portal.klanten.models import Rekeningnummer
from portal.mijn.templatetags.portaal import datum
from tests.htmx import HTMX
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, Mens, tekst, velden_van
from tests.mijn.test_geschiedenis import eerste_terug

pytestmark = pytest.mark.lang

ADRES, CONTROLE = "/mijn-gegevens/rekening/", "/mijn-gegevens/rekening/controle/"
NIEUW = {"iban": "be71 0961 2345 6769", "tenaamstelling": "N. de Vries"}


def test_er_wordt_pas_na_het_nakijken_opgeslagen(noor):
    assert noor.verstuur(ADRES, **NIEUW).url == CONTROLE
    assert Rekeningnummer.objects.count() == 0
    assert "BE71 0961 2345 6769" in noor.lees(CONTROLE)
    antwoord = noor.verstuur(CONTROLE)
    assert antwoord.url == "/mijn-gegevens/#rekening"
    assert Rekeningnummer.objects.get().iban == "BE71096123456769"


def test_nog_eens_versturen_verandert_niets_meer(noor):
    noor.verstuur(ADRES, **NIEUW)
    noor.verstuur(CONTROLE)
    assert noor.post(CONTROLE).url == ADRES
    assert Rekeningnummer.objects.count() == 1


def test_een_wijziging_gaat_later_in_en_dat_staat_er(noor):
    vulling.vul_noor()
    noor.verstuur(ADRES, **NIEUW)
    assert "betalen wij op dit nummer. Een betaling die al klaarstaat" in noor.lees(CONTROLE)
    noor.verstuur(CONTROLE)
    bladzijde = noor.lees("/mijn-gegevens/")
    assert "Gaat nog in" in bladzijde
    assert "NL•• ABNA •••• ••43 00" in bladzijde


def test_ook_na_verwijderen_staat_er_dat_het_nummer_later_ingaat(noor):
    vulling.vul_noor()
    nu = Rekeningnummer.objects.get()
    noor.verstuur(f"{ADRES}{nu.pk}/verwijderen/")
    noor.verstuur(ADRES, **NIEUW)
    assert "betalen wij op dit nummer. Een betaling die al klaarstaat" in noor.lees(CONTROLE)
    noor.verstuur(CONTROLE)
    assert Rekeningnummer.objects.get().stand == "voorgesteld"


@pytest.fixture
def een_week_afkoeling(settings):
    settings.KLANTEN_AFKOELING = dt.timedelta(hours=168)


def test_de_gemeente_bepaalt_wanneer_een_wijziging_ingaat(noor, een_week_afkoeling):
    vulling.vul_noor()
    noor.verstuur(ADRES, **NIEUW)
    over_een_week = timezone.now() + dt.timedelta(days=7)
    assert f"Vanaf {datum(over_een_week)} betalen wij op dit nummer" in noor.lees(CONTROLE)
    noor.verstuur(CONTROLE)
    rij = Rekeningnummer.objects.get(stand="voorgesteld")
    assert rij.ingaat_op - rij.gegeven_op == dt.timedelta(days=7)


def test_ook_terugzetten_wacht_zo_lang_als_de_gemeente_bepaalt(noor, een_week_afkoeling):
    vulling.vul_noor()
    noor.verstuur(ADRES, **NIEUW)
    noor.verstuur(CONTROLE)
    opruimen.laat_rekeningen_ingaan(op=timezone.now() + dt.timedelta(days=7))
    assert "volgens de bewaartermijn of bedenktijd" in noor.lees("/gebruik/")
    noor.verstuur(eerste_terug(noor))
    rij = Rekeningnummer.objects.get(iban="NL91ABNA0417164300")
    assert rij.ingaat_op - rij.gegeven_op == dt.timedelta(days=7)


@pytest.mark.parametrize("iban", ["", "NL91 ABNA 0417 1643 01", "NL" + "9" * 5000, "\x00"])
def test_een_fout_nummer_wordt_uitgelegd(noor, iban):
    antwoord = noor.verstuur(ADRES, **{**NIEUW, "iban": iban})
    assert antwoord.status_code == 422
    assert Rekeningnummer.objects.count() == 0


def test_het_nummer_is_verborgen_tot_iemand_het_vraagt(noor):
    vulling.vul_noor()
    assert "NL91" not in noor.lees("/mijn-gegevens/")
    assert "NL91 ABNA 0417 1643 00" in tekst(noor.post(f"{ADRES}tonen/"))
    deel = noor.post(f"{ADRES}tonen/", headers=HTMX)
    assert (deel["HX-Retarget"], "NL91" in tekst(deel)) == ("#rekening", True)


def test_ook_met_het_nummer_in_beeld_staat_de_rest_van_de_bladzijde_er(noor):
    vulling.vul_noor()
    getoond = tekst(noor.post(f"{ADRES}tonen/"))
    assert "Verwijder uw gegevens" in getoond


def test_tonen_kan_niet_met_een_adres(noor):
    vulling.vul_noor()
    assert noor.get(f"{ADRES}tonen/").status_code == 405


@pytest.mark.uitgangspunt("VAL-1")
def test_wie_onder_substantieel_inlogde_logt_zekerder_in(db):
    midden = Mens().log_in(NOOR, rang=Niveau.MIDDEN)
    assert midden.get(ADRES).url.startswith("/inloggen/opnieuw/?handeling=rekeningnummer")


def test_wat_getypt_was_komt_terug_na_opnieuw_inloggen(noor):
    """Het concept: verstuurd met een te oude inlog, terug na een verse."""
    formulier = velden_van(noor.get(ADRES)) | NIEUW
    te_laag = Mens().log_in(NOOR, rang=Niveau.MIDDEN)
    te_laag.post(ADRES, formulier)
    opnieuw = Mens().log_in(NOOR)
    assert velden_van(opnieuw.get(ADRES))["iban"] == NIEUW["iban"]


def test_verwijderen_haalt_het_nummer_weg(noor):
    vulling.vul_noor()
    rij = Rekeningnummer.objects.get()
    noor.verstuur(f"{ADRES}{rij.pk}/verwijderen/")
    assert Rekeningnummer.objects.count() == 0


@pytest.mark.uitgangspunt("OWN-2")
def test_het_nummer_van_een_ander_bestaat_niet(omar):
    vulling.vul_noor()
    rij = Rekeningnummer.objects.get()
    assert omar.get(f"{ADRES}{rij.pk}/verwijderen/").status_code == 404
