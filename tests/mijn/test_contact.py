"""Telefoonnummers en e-mailadressen: bevestigen, vervangen, het eerst, verwijderen."""

import pytest

from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant
from tests.htmx import HTMX, na_swap, verschil
from tests.mijn.conftest import tekst

GEGEVENS = "/mijn-gegevens/"


@pytest.fixture
def klant(db, alles_bevestigd):
    """Noor, met alles bevestigd."""
    return Klant.objects.get()


def adres_van(klant, waarde):
    return klant.digitale_adressen.get(waarde=waarde)


def url(adres, wat=""):
    return f"{GEGEVENS}{adres.soort}/{adres.pk}/{wat}"


def test_de_code_neemt_het_adres_in_gebruik(noor, codes):
    noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="noor@example.org")
    adres = DigitaalAdres.objects.get()
    antwoord = noor.verstuur(url(adres, "bevestigen/"), code=codes["noor@example.org"])
    assert antwoord.status_code == 303
    assert "Bevestigd" in noor.lees(GEGEVENS)


@pytest.mark.parametrize("code", ["000000", "12345", "abc", ""])
def test_een_foute_code_bevestigt_niets(noor, codes, code):
    noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="noor@example.org")
    adres = DigitaalAdres.objects.get()
    antwoord = noor.verstuur(url(adres, "bevestigen/"), code=code)
    assert antwoord.status_code == 422
    assert "Deze code klopt niet" in tekst(antwoord)


def test_een_nieuwe_code_binnen_de_minuut_is_te_vaak(noor, codes, sleutel):
    noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="noor@example.org")
    adres = DigitaalAdres.objects.get()
    velden = {"klant": adres.klant_id, "gezien": 1, "sleutel": sleutel()}
    antwoord = noor.post(url(adres, "nieuwe-code/"), velden, follow=True)
    assert "U heeft te vaak een code aangevraagd." in tekst(antwoord)


def test_na_een_ander_tabblad_zegt_het_scherm_niet_dat_er_een_code_is(noor, codes, sleutel):
    noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="noor@example.org")
    adres = DigitaalAdres.objects.get()
    velden = {"klant": sleutel(), "gezien": 1, "sleutel": sleutel()}
    antwoord = noor.post(url(adres, "nieuwe-code/"), velden, follow=True)
    assert "Dit is intussen veranderd." in tekst(antwoord)
    assert "Wij stuurden een nieuwe code." not in tekst(antwoord)


def test_het_oude_adres_blijft_tot_het_nieuwe_bevestigd_is(noor, klant, codes):
    oud = adres_van(klant, "noor.devries@example.org")
    noor.verstuur(url(oud), waarde="noortje@example.org")
    bladzijde = noor.lees(GEGEVENS)
    assert "noor.devries@example.org" in bladzijde
    assert "Tot u dit bevestigt, gebruiken wij uw oude adres." in bladzijde


def test_een_ander_nummer_kan_het_eerst_gebeld_worden(noor, klant):
    tweede = klant.digitale_adressen.get(soort="telefoon", standaard=False)
    assert "het eerst bellen?" in noor.lees(url(tweede, "eerst/"))
    noor.verstuur(url(tweede, "eerst/"))
    tweede.refresh_from_db()
    assert tweede.standaard is True


def test_leegmaken_vraagt_of_het_weg_mag(noor, klant):
    adres = adres_van(klant, "noor.devries@example.org")
    antwoord = noor.verstuur(url(adres), waarde=" ")
    assert antwoord.status_code == 200
    assert "Wilt u noor.devries@example.org verwijderen?" in tekst(antwoord)
    assert DigitaalAdres.objects.filter(pk=adres.pk).exists()


@pytest.mark.uitgangspunt("OWN-5")
@pytest.mark.parametrize("htmx", [False, True])
def test_verwijderen_haalt_dat_ene_adres_weg(noor, klant, htmx):
    pagina = noor.get(GEGEVENS).content.decode()
    adres = adres_van(klant, "+32470123456")
    antwoord = noor.verstuur(url(adres, "verwijderen/"), htmx=htmx)
    assert not DigitaalAdres.objects.filter(pk=adres.pk).exists()
    assert klant.digitale_adressen.count() == 2
    if htmx:
        na = na_swap(pagina, antwoord, f"#rij-{adres.pk}")
        assert verschil(na, noor.get(GEGEVENS).content.decode()) == []


def test_het_laatste_adres_krijgt_een_waarschuwing(noor, klant):
    adres = adres_van(klant, "noor.devries@example.org")
    bladzijde = noor.lees(url(adres, "verwijderen/"))
    assert "Wij kunnen u daarna alleen nog per brief bereiken." in bladzijde


def test_hetzelfde_adres_nog_eens_wordt_uitgelegd(noor, klant):
    antwoord = noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="NOOR.devries@example.org")
    assert antwoord.status_code == 422
    assert "staat er al" in tekst(antwoord)


@pytest.mark.uitgangspunt("OWN-2")
@pytest.mark.parametrize("wat", ["", "bevestigen/", "eerst/", "verwijderen/"])
@pytest.mark.parametrize("methode", ["get", "post"])
def test_het_adres_van_een_ander_bestaat_niet(omar, klant, wat, methode):
    adres = adres_van(klant, "+31612345678")
    assert getattr(omar, methode)(url(adres, wat)).status_code == 404


def test_een_telefoon_is_geen_email(noor, klant):
    adres = adres_van(klant, "+31612345678")
    assert noor.get(f"{GEGEVENS}email/{adres.pk}/").status_code == 404


def test_de_rij_verandert_met_htmx_in_het_formulier(noor, klant):
    adres = adres_van(klant, "+31612345678")
    deel = noor.get(url(adres), headers=HTMX).content.decode()
    assert deel.lstrip().startswith(f'<div class="kg-bewerk" id="rij-{adres.pk}">')
    assert "data-focus" in deel


@pytest.mark.uitgangspunt("OWN-7")
def test_elke_handeling_is_een_gebeurtenis(noor, codes):
    noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde="noor@example.org")
    adres = DigitaalAdres.objects.get()
    noor.verstuur(url(adres, "bevestigen/"), code=codes["noor@example.org"])
    noor.verstuur(url(adres, "verwijderen/"))
    soorten = Gebeurtenis.objects.order_by("versie").values_list("soort", flat=True)
    assert list(soorten) == ["klant.aangemaakt", "klant.bevestigd", "klant.gewijzigd"]
    assert Klant.objects.count() == 1
