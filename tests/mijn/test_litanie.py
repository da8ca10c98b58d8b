"""Wat van elk scherm dat een waarde bewaart waar is, met en zonder htmx (style 8)."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from accounts.niveaus import Niveau
from portal.klanten.models import Gebeurtenis, Klant
from tests.htmx import HTMX, na_swap, verschil
from tests.mijn.conftest import NOOR, Mens, tekst, velden_van

GEGEVENS = "/mijn-gegevens/"


@dataclass(frozen=True)
class Scherm:
    """Eén formulier: waar het staat, wat goed is, wat fout is, wat men daarna ziet."""

    naam: str
    adres: str
    goed: dict
    fout: dict
    melding: str
    ziet: str
    veld: str
    plek: str


SCHERMEN = [
    Scherm(
        "naam",
        "/mijn-gegevens/naam/",
        {"waarde": "Noortje"},
        {"waarde": ""},
        "Vul een naam in. Bijvoorbeeld Mina de Vries.",
        "Noortje",
        "naam",
        "#rij-naam",
    ),
    Scherm(
        "postadres",
        "/mijn-gegevens/adres/",
        {"postcode": "1234 ab", "huisnummer": "12", "straat": "Kerkstraat", "plaats": "Waterveen"},
        {"postcode": "12345", "huisnummer": "12"},
        "Deze postcode klopt niet. Gebruik 4 cijfers en 2 letters. Bijvoorbeeld 1234 AB.",
        "Kerkstraat 12",
        "postadres",
        "#rij-postadres",
    ),
    Scherm(
        "buitenland",
        "/mijn-gegevens/adres/buitenland/",
        {"regel1": "Rue de la Loi 155", "regel2": "1040 Brussel", "landcode": "BE"},
        {"regel1": "Rue de la Loi 155", "landcode": ""},
        "Kies een land uit de lijst.",
        "België",
        "postadres",
        "#rij-postadres",
    ),
    Scherm(
        "telefoon",
        "/mijn-gegevens/telefoon/toevoegen/",
        {"waarde": "06-12 34 56 78", "omschrijving": "Mobiel"},
        {"waarde": "06 abc"},
        "Dit telefoonnummer klopt niet. Gebruik cijfers, geen letters.",
        "06 12 34 56 78",
        "telefoon",
        "#telefoon-nieuw",
    ),
    Scherm(
        "email",
        "/mijn-gegevens/email/toevoegen/",
        {"waarde": "noor@example.org"},
        {"waarde": "noor.example.org"},
        "Dit e-mailadres klopt niet. Er ontbreekt een @.",
        "noor@example.org",
        "email",
        "#email-nieuw",
    ),
    Scherm(
        "voorkeur",
        "/contactvoorkeuren/zaken/",
        {"keuze": "post"},
        {"keuze": "postduif"},
        "Kies een van de mogelijkheden.",
        "Per brief",
        "voorkeuren",
        "#rij-zaken",
    ),
]
elk_scherm = pytest.mark.parametrize("scherm", SCHERMEN, ids=lambda scherm: scherm.naam)
met_en_zonder = pytest.mark.parametrize("htmx", [False, True], ids=["zonder-js", "htmx"])


@elk_scherm
@pytest.mark.uitgangspunt("OWN-1", "VAL-3")
def test_opslaan_zonder_javascript_leidt_naar_de_bladzijde_met_de_waarde(noor, scherm):
    antwoord = noor.verstuur(scherm.adres, **scherm.goed)
    assert antwoord.status_code == 303
    assert antwoord.url.startswith(GEGEVENS + "#")
    bladzijde = noor.lees(GEGEVENS)
    assert scherm.ziet in bladzijde
    assert "Daarom weten wij zeker dat ze van u komen." in bladzijde


@elk_scherm
def test_opslaan_maakt_een_gevalideerde_klant_en_een_gebeurtenis(noor, scherm):
    noor.verstuur(scherm.adres, **scherm.goed)
    assert Klant.objects.get().gevalideerd is True
    gebeurtenis = Gebeurtenis.objects.get()
    assert (gebeurtenis.soort, gebeurtenis.velden) == ("klant.aangemaakt", [scherm.veld])


@elk_scherm
def test_het_verwisselde_deel_geeft_de_bladzijde_die_herladen_geeft(noor, klant_van_noor, scherm):
    pagina = noor.get(GEGEVENS).content.decode()
    antwoord = noor.verstuur(scherm.adres, htmx=True, **scherm.goed)
    assert antwoord.status_code == 200
    na = na_swap(pagina, antwoord, scherm.plek)
    assert verschil(na, noor.get(GEGEVENS).content.decode()) == []


@elk_scherm
def test_na_opslaan_krijgt_de_rij_focus_en_wordt_de_melding_gezegd(noor, klant_van_noor, scherm):
    deel = noor.verstuur(scherm.adres, htmx=True, **scherm.goed).content.decode()
    assert deel.count("data-focus") == 1
    assert deel.count("data-melding=") == 1


@elk_scherm
@met_en_zonder
def test_foute_invoer_zegt_wat_er_mis_is_en_bewaart_niets(noor, scherm, htmx):
    antwoord = noor.verstuur(scherm.adres, htmx=htmx, **{**scherm.goed, **scherm.fout})
    assert antwoord.status_code == 422
    assert scherm.melding in tekst(antwoord)
    assert Klant.objects.count() == 0


@elk_scherm
def test_wat_getypt_was_staat_er_na_een_fout_nog(noor, scherm):
    getypt = {**scherm.goed, **scherm.fout}
    ingevuld = velden_van(noor.verstuur(scherm.adres, **getypt))
    terug = {naam: ingevuld.get(naam) for naam in getypt if naam != "keuze"}
    assert terug == {naam: waarde for naam, waarde in getypt.items() if naam != "keuze"}


@elk_scherm
def test_de_titel_begint_met_fout(noor, scherm):
    antwoord = noor.verstuur(scherm.adres, **{**scherm.goed, **scherm.fout})
    assert "<title>Fout: " in antwoord.content.decode()


@elk_scherm
def test_twee_keer_versturen_verandert_een_keer_iets(noor, scherm):
    formulier = velden_van(noor.get(scherm.adres)) | scherm.goed
    noor.post(scherm.adres, formulier)
    tweede = noor.post(scherm.adres, formulier)
    assert tweede.status_code == 303
    assert Gebeurtenis.objects.count() == 1


@elk_scherm
@met_en_zonder
def test_wie_niet_is_ingelogd_gaat_naar_het_inloggen(niemand, scherm, htmx):
    antwoord = niemand.get(scherm.adres, headers=HTMX if htmx else {})
    assert antwoord.headers.get("HX-Redirect" if htmx else "Location", "").startswith("/")
    assert Klant.objects.count() == 0


@elk_scherm
@pytest.mark.uitgangspunt("VAL-1")
def test_wie_te_laag_is_ingelogd_wordt_gevraagd_zekerder_in_te_loggen(db, scherm):
    laag = Mens().log_in(NOOR, rang=Niveau.BASIS)
    for antwoord in (laag.get(scherm.adres), laag.post(scherm.adres, scherm.goed)):
        assert antwoord.url.startswith("/inloggen/opnieuw/")
    assert Klant.objects.count() == 0


@elk_scherm
def test_een_andere_methode_kan_niet(noor, scherm):
    assert noor.put(scherm.adres).status_code == 405


@pytest.mark.lang
@elk_scherm
@pytest.mark.parametrize("kapot", ["\x00", "5" * 5000, "-1", "x"])
def test_kapotte_verborgen_velden_geven_geen_500(noor, scherm, kapot):
    gegevens = {**scherm.goed, "gezien": kapot, "sleutel": kapot}
    antwoord = noor.post(scherm.adres, gegevens)
    assert antwoord.status_code == 422
    assert "Open de pagina opnieuw" in tekst(antwoord)


@pytest.mark.lang
@elk_scherm
@pytest.mark.parametrize("kapot", ["\x00", "a\x00b", "x" * 10_000, "9" * 5000, "<script>", "‮"])
def test_vreemde_invoer_geeft_nooit_een_500(noor, scherm, kapot):
    naam = next(iter(scherm.goed))
    antwoord = noor.verstuur(scherm.adres, **{**scherm.goed, naam: kapot})
    assert antwoord.status_code in {303, 422}
    assert b"<script>" not in antwoord.content


@elk_scherm
def test_annuleren_leidt_terug_naar_het_paneel(noor, scherm):
    bladzijde = noor.get(scherm.adres).content.decode()
    assert reverse("mijn:gegevens") in bladzijde
    assert "/mijn-gegevens/panelen/" in bladzijde
