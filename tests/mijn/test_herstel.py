"""Dit was ik niet: de link toont een bladzijde, en alleen haar knop zet terug."""

import pytest

from portal.klanten.models import DigitaalAdres
from portal.klanten.regels import EvenBezet
from tests.inloggen import inloggen
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, Mens, luister_naar_codes, tekst

pytestmark = pytest.mark.lang

GEGEVENS = "/mijn-gegevens/"


@pytest.fixture(scope="module")
def kaping(gedeeld):
    """Iemand met de inlog van Noor nam een ander e-mailadres in gebruik: dat, en de link."""
    with gedeeld(), luister_naar_codes() as codes:
        klant, kaper = vulling.vul_noor(), Mens().log_in(NOOR)
        vulling.bevestig_alles(klant, codes)
        adres = klant.digitale_adressen.get(soort="email")
        kaper.verstuur(f"{GEGEVENS}email/{adres.pk}/", waarde="kaper@example.org")
        voorstel = klant.digitale_adressen.get(waarde="kaper@example.org")
        code = codes["kaper@example.org"]
        kaper.verstuur(f"{GEGEVENS}email/{voorstel.pk}/bevestigen/", code=code)
    return adres.pk, f"/dit-was-ik-niet/{codes.tokens[-1]}/"


@pytest.fixture
def gekaapt(db, kaping):
    return DigitaalAdres.objects.get(pk=kaping[0])


@pytest.fixture
def link(db, kaping):
    return kaping[1]


def test_kijken_verandert_niets(niemand, gekaapt, link):
    assert "Wij zetten uw oude e-mailadres terug." in tekst(niemand.get(link))
    gekaapt.refresh_from_db()
    assert gekaapt.waarde == "kaper@example.org"


def test_de_bladzijde_laat_de_browser_haar_herkomst_noemen(niemand, link):
    """Met `no-referrer` stuurt een browser `Origin: null`, en dan werkt de knop niet."""
    assert niemand.get(link).headers.get("Referrer-Policy") == "same-origin"


@pytest.mark.uitgangspunt("VAL-1")
def test_de_knop_zet_terug_en_logt_iedereen_uit(noor, niemand, gekaapt, link):
    assert "Wij hebben uw oude gegeven teruggezet" in tekst(niemand.post(link))
    gekaapt.refresh_from_db()
    assert gekaapt.waarde == "noor.devries@example.org"
    assert noor.get(GEGEVENS).status_code == 302


def test_na_de_link_is_ook_wie_namens_noor_inlogde_uitgelogd(niemand, link):
    omar = Mens()
    inloggen(omar, "omar-voor-noor", middel="machtigen")
    niemand.post(link)
    assert omar.get(GEGEVENS).status_code == 302


def test_na_de_link_van_een_vestiging_is_ook_het_hele_bedrijf_uitgelogd(niemand, codes):
    winkel, bedrijf, noor = Mens(), Mens(), Mens()
    inloggen(winkel, "korenbloem-winkel", middel="eherkenning")
    inloggen(bedrijf, "korenbloem", middel="eherkenning")
    inloggen(noor, "noor")
    for adres in ("winkel@example.org", "kaper@example.org"):
        winkel.verstuur(f"{GEGEVENS}email/toevoegen/", waarde=adres)
        rij = DigitaalAdres.objects.get(waarde=adres)
        winkel.verstuur(f"{GEGEVENS}email/{rij.pk}/bevestigen/", code=codes[adres])
    assert niemand.post(f"/dit-was-ik-niet/{codes.tokens[-1]}/").status_code == 200
    assert [m.get(GEGEVENS).status_code for m in (winkel, bedrijf, noor)] == [302, 302, 200]


def test_de_link_werkt_een_keer(niemand, link):
    niemand.post(link)
    for antwoord in (niemand.get(link), niemand.post(link)):
        assert antwoord.status_code == 404
        assert "Deze link werkt niet meer" in tekst(antwoord)


def test_als_een_ander_er_net_aan_werkt_mag_het_nog_eens(niemand, gekaapt, link, monkeypatch):
    def bezet(_sleutel):
        raise EvenBezet

    with monkeypatch.context() as druk:
        druk.setattr("portal.klanten.handelingen.herstel.op_slot", bezet)
        antwoord = niemand.post(link)
    assert antwoord.status_code == 409
    assert "Probeer het zo nog eens." in tekst(antwoord)
    assert "Ja, zet mijn oude e-mailadres terug" in tekst(antwoord)
    assert niemand.post(link).status_code == 200


@pytest.mark.parametrize("token", ["x", "x" * 500, "..%2Fgeheim"])
def test_een_verzonnen_link_zegt_niets(niemand, db, token):
    assert niemand.get(f"/dit-was-ik-niet/{token}/").status_code == 404


def test_wie_blijft_raden_wacht(niemand, db, settings):
    settings.HERSTEL_PER_MINUUT = 3
    antwoorden = [niemand.get("/dit-was-ik-niet/raden/").status_code for _ in range(5)]
    assert antwoorden == [404, 404, 404, 429, 429]


def test_achter_een_proxy_houdt_wie_raadt_een_ander_niet_tegen(niemand, db, settings):
    settings.HERSTEL_PER_MINUUT, settings.ACHTER_PROXY = 1, True
    link = "/dit-was-ik-niet/raden/"
    gekregen = [
        niemand.get(link, headers={"X-Forwarded-For": f"1.1.1.1, {adres}"}).status_code
        for adres in ("10.0.0.1", "10.0.0.1", "10.0.0.2")
    ]
    assert gekregen == [404, 429, 404]
