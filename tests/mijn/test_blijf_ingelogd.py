"""Zonder JavaScript staat bij elk formulier tot hoe laat men is ingelogd; wat getypt is blijft."""

import copy
import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as instellingen

from portal.klanten.models import Proces
from tests.inloggen import inloggen
from tests.mijn.conftest import Mens, getypt
from tests.mijn.vulling import vul_noor

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
ZONDER_INLOG = {"dit_was_ik_niet.html"}
MAP = instellingen.BASE_DIR / "templates" / "mijn"
FORMULIEREN = [
    ("/mijn-gegevens/naam/", {"waarde": "Noortje"}),
    ("/mijn-gegevens/adres/", {"postcode": "1234AB", "huisnummer": "17"}),
    ("/mijn-gegevens/adres/buitenland/", {"regel1": "Rue de la Paix 1"}),
    ("/mijn-gegevens/telefoon/toevoegen/", {"waarde": "06 12 34 56 70"}),
    ("/mijn-gegevens/email/toevoegen/", {"waarde": "noortje@example.org"}),
    ("/mijn-gegevens/rekening/", {"iban": "NL20INGB0001234567"}),
    ("/contactvoorkeuren/taal/", {"keuze": "en"}),
    ("/mijn-gegevens/klopt-niet/naam/", {"toelichting": "Mijn naam is anders"}),
    ("/meldingen/nieuw/", {"proces": "straat", "voornaam": "Noortje"}),
    ("/meldingen/koppelen/", {"referentie": "4K7RT2MX9B"}),
    ("/meldingen/koppelen/code/", {"code": "123456"}),
    ("/verwijderen/", {"weg": ["naam", "voorkeuren"]}),
]


@pytest.fixture(scope="module")
def koekjes(gedeeld):
    """Noor vulde alles in en logde in; dit houdt haar browser over."""
    with gedeeld():
        Proces.objects.create(
            code="straat", omschrijving="Kapotte straat", bewaartermijn=dt.timedelta(30)
        )
        vul_noor()
        noor = Mens()
        inloggen(noor, "noor")
    return noor.cookies


@pytest.fixture
def noor(koekjes):
    noor = Mens()
    noor.cookies = copy.deepcopy(koekjes)
    return noor


def formulier_op(mens, pad):
    antwoord = mens.get(pad)
    assert antwoord.status_code == 200
    return BeautifulSoup(antwoord.content, "html.parser").select_one("main form.kg-formulier")


def ingevuld(formulier, naam):
    """Wat dit veld nu bevat, zoals de browser het zou versturen."""
    vinkjes = formulier.select(f'[name="{naam}"][type=checkbox], [name="{naam}"][type=radio]')
    if vinkjes:
        aan = [v["value"] for v in vinkjes if v.has_attr("checked")]
        return aan if vinkjes[0]["type"] == "checkbox" else aan[0]
    if keuze := formulier.select_one(f'select[name="{naam}"] option[selected]'):
        return keuze["value"]
    veld = formulier.select_one(f'[name="{naam}"]')
    return getypt(veld) if veld.name == "textarea" else veld["value"]


@pytest.mark.parametrize(("pad", "velden"), FORMULIEREN, ids=[pad for pad, _ in FORMULIEREN])
def test_blijf_ingelogd_houdt_op_elk_formulier_wat_getypt_is(noor, pad, velden):
    formulier = formulier_op(noor, pad)
    knop = formulier.select_one("noscript button")
    assert knop.get_text() == "Blijf ingelogd"
    antwoord = noor.post(knop["formaction"], {knop["name"]: knop["value"], **velden})
    assert antwoord["Location"] == pad
    terug = formulier_op(noor, pad)
    gelezen = {naam: ingevuld(terug, naam) for naam in velden}
    assert {n: _plat(w) for n, w in gelezen.items()} == {n: _plat(w) for n, w in velden.items()}


def _plat(waarde):
    return waarde.replace(" ", "") if isinstance(waarde, str) else waarde


@pytest.mark.parametrize("pad", [pad for pad, _ in FORMULIEREN])
def test_de_tijd_staat_boven_het_formulier_en_de_knop_na_die_van_het_formulier_zelf(noor, pad):
    formulier = formulier_op(noor, pad)
    tekst = formulier.get_text(" ")
    assert re.search(r"U bent ingelogd tot \d\d\.\d\d uur\.", tekst)
    assert tekst.strip().startswith("U bent ingelogd tot")
    knoppen = formulier.select("button[type=submit]")
    assert knoppen[0].get_text() != "Blijf ingelogd", "Enter moet het formulier versturen"


def test_elk_formulier_van_wie_is_ingelogd_heeft_de_tijd_en_de_knop():
    paden = [*MAP.glob("*.html"), MAP.parent / "componenten" / "formulier.html"]
    formulieren = {p.name: p.read_text() for p in paden if "kg-formulier" in p.read_text()}
    assert len(formulieren) > 10
    zonder = {
        naam for naam, tekst in formulieren.items()
        if "componenten/tot.html" not in tekst or "componenten/blijf.html" not in tekst
    }  # fmt: skip
    assert zonder == ZONDER_INLOG


def test_wie_niet_is_ingelogd_ziet_geen_tijd(niemand):
    Proces.objects.create(
        code="straat", omschrijving="Kapot", bewaartermijn=dt.timedelta(30), open_kanaal=True
    )
    formulier = formulier_op(niemand, "/meldingen/nieuw/")
    assert "U bent ingelogd tot" not in formulier.get_text()
    assert niemand.post("/sessie/verlengen/", {"next": "/meldingen/nieuw/"}).status_code == 302


@pytest.mark.parametrize("naar", ["https://elders.example/", "//elders.example/", "/uitloggen/"])
def test_blijf_ingelogd_leidt_niet_naar_een_ander(noor, naar):
    assert noor.post("/sessie/verlengen/", {"next": naar})["Location"] == "/overzicht/"
