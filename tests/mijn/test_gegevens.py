"""Overzicht en Mijn gegevens: alles staat er, met weinig vragen aan de databank."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.klanten.models import Klant
from tests.htmx import na_swap, verschil
from tests.mijn import vulling
from tests.mijn.conftest import HAVEN, KORENBLOEM, Mens

GEGEVENS, OVERZICHT = "/mijn-gegevens/", "/overzicht/"


@pytest.mark.uitgangspunt("MIN-4", "CARD-4")
def test_wie_niets_invulde_leest_dat_het_niet_hoeft(noor):
    for adres in (GEGEVENS, OVERZICHT):
        assert "U hoeft niets in te vullen." in noor.lees(adres)
    assert Klant.objects.count() == 0


def test_alles_wat_noor_invulde_staat_er(noor):
    vulling.vul_noor()
    bladzijde = noor.lees(GEGEVENS)
    for waarde in ("Noor de Vries", "België", "06 12 34 56 78", "noor.devries@example.org"):
        assert waarde in bladzijde


def test_het_overzicht_zegt_wat_er_te_doen_is(noor):
    vulling.vul_noor()
    bladzijde = noor.lees(OVERZICHT)
    assert "Welkom, Noor de Vries" in bladzijde
    assert "Bevestig uw e-mailadres" in bladzijde
    assert "2 telefoonnummers, 1 e-mailadres, 1 postadres" in bladzijde


@pytest.mark.uitgangspunt("OWN-2")
def test_een_ander_ziet_niets_van_noor(noor, omar):
    vulling.vul_noor()
    assert "Noor" not in omar.lees(GEGEVENS)


@pytest.mark.parametrize("aantal", [0, 1, 8])
def test_mijn_gegevens_vraagt_de_databank_hooguit_zes_dingen(noor, aantal):
    vulling.vul_noor()
    for nummer in range(aantal):
        noor.verstuur(f"{GEGEVENS}email/toevoegen/", waarde=f"noor{nummer}@example.org")
    noor.get(GEGEVENS)
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        noor.get(GEGEVENS)
    assert len(vragen) <= 6, [vraag["sql"][:90] for vraag in vragen]


@pytest.mark.lang
@pytest.mark.parametrize(
    ("pad", "hooguit"),
    [
        (OVERZICHT, 9),
        (f"{GEGEVENS}adres/", 4),
        (f"{GEGEVENS}email/toevoegen/", 4),
        ("/contactvoorkeuren/", 5),
        ("/geschiedenis/", 5),
        ("/beveiliging/", 4),
    ],
)
def test_een_bladzijde_leest_alleen_wat_zij_toont(noor, pad, hooguit):
    vulling.vul_noor()
    noor.get(pad)
    with CaptureQueriesContext(connection) as vragen:
        assert noor.get(pad).status_code == 200
    assert len(vragen) <= hooguit, [vraag["sql"][:90] for vraag in vragen]


@pytest.mark.uitgangspunt("MIN-6")
def test_in_de_titel_staat_niets_van_een_mens(noor):
    vulling.vul_noor()
    titel = noor.get(GEGEVENS).content.decode().split("<title>")[1].split("</title>")[0]
    assert titel == "Mijn gegevens - Gemeente Waterveen"


def test_opmaak_in_een_naam_blijft_tekst(noor):
    noor.verstuur(f"{GEGEVENS}naam/", waarde="<b>Noor</b> & عمر 🙂")
    bladzijde = noor.get(GEGEVENS).content.decode()
    assert "&lt;b&gt;Noor&lt;/b&gt; &amp; عمر 🙂" in bladzijde
    assert Klant.objects.get().naam.waarde == "<b>Noor</b> & عمر 🙂"


@pytest.mark.parametrize("paneel", ["niets", "../naam"])
def test_een_onbekend_paneel_bestaat_niet(noor, paneel):
    assert noor.get(f"{GEGEVENS}panelen/{paneel}/").status_code == 404


def test_een_paneel_zonder_htmx_leidt_naar_de_bladzijde(noor):
    assert noor.get(f"{GEGEVENS}panelen/telefoon/").url == f"{GEGEVENS}#telefoon"


@pytest.mark.uitgangspunt("CARD-2")
def test_een_bedrijf_heeft_meer_contactpunten_en_opent_er_een(bakker):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur(f"{GEGEVENS}contactpunten/toevoegen/", waarde=naam)
    assert "Directie" in bakker.lees(GEGEVENS)
    eerste = Klant.objects.get(naam__waarde="Administratie")
    bakker.post(f"{GEGEVENS}contactpunten/openen/", {"contactpunt": str(eerste.pk)})
    assert "Administratie" in bakker.lees(GEGEVENS)
    assert "Directie" not in bakker.lees(GEGEVENS)


@pytest.mark.uitgangspunt("OWN-2")
@pytest.mark.parametrize("keuze", ["kapot", "", "00000000-0000-4000-8000-000000000000"])
def test_een_vreemd_contactpunt_bestaat_niet(bakker, keuze):
    antwoord = bakker.post(f"{GEGEVENS}contactpunten/openen/", {"contactpunt": keuze})
    assert antwoord.status_code == 404


def test_een_inwoner_heeft_geen_contactpunten(noor):
    assert noor.get(f"{GEGEVENS}contactpunten/").status_code == 404


def test_een_vestiging_ziet_het_contactpunt_van_het_bedrijf_niet(bakker):
    vulling.vul_korenbloem()
    haven = Mens().log_in(HAVEN, middel="eherkenning", als="pseudo-2")
    assert "Administratie" not in haven.lees(GEGEVENS)


def test_een_tweede_medewerker_beheert_hetzelfde_bedrijf(db):
    vulling.vul_korenbloem()
    collega = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-3")
    assert "Administratie" in collega.lees(GEGEVENS)


@pytest.mark.parametrize("eerste", [True, False], ids=["eerste keer", "later"])
def test_wie_opslaat_leest_dat_het_gelukt_is_en_verder_niets_dat_niet_meer_klopt(noor, eerste):
    if not eerste:
        vulling.vul_noor()
    pagina = noor.get(GEGEVENS).content.decode()
    antwoord = noor.verstuur(f"{GEGEVENS}naam/", waarde="Noor de Wit", htmx=True)
    na = na_swap(pagina, antwoord, "#rij-naam")
    gelukt = BeautifulSoup(na, "html.parser").select_one("#rij-naam .kg-gelukt").text
    assert ("zijn opgeslagen" if eerste else "Uw naam is opgeslagen") in gelukt
    assert verschil(na, noor.get(GEGEVENS).content.decode()) == []


def test_een_bedrijf_leest_niets_over_een_woonadres_of_de_brp(bakker):
    bakker.verstuur(f"{GEGEVENS}naam/", waarde="Administratie")
    bakker.post("/verwijderen/", {"weg": ["naam"]})
    adressen = [GEGEVENS, f"{GEGEVENS}adres/", f"{GEGEVENS}naam/verwijderen/"]
    for adres in (*adressen, "/verwijderen/controle/"):
        bladzijde = bakker.lees(adres)
        assert "BRP" not in bladzijde, adres
        assert "woonadres" not in bladzijde, adres
    assert "Die bewaart de Kamer van Koophandel." in bladzijde
