"""Elke tekst van de bekende lijst, door elk tekstveld van elk formulier, met en zonder htmx.

Nooit een 500, nooit iets anders dan tekst op de bladzijde, en bewaard zoals getypt (NFC, zonder de
spaties aan de randen) of geweigerd bij het veld. De weg naar buiten: `test_lastige_uitgangen.py`,
door de API: `test_lastige_api.py`, in een webhook: `test_lastige_webhook.py`.
"""

import datetime as dt
import importlib
import pkgutil
from urllib.parse import urlsplit

import pytest
from django import forms

import portal.mijn.forms
from portal.klanten.models import DigitaalAdres, Interactie, Proces
from tests.mijn import vulling
from tests.mijn.conftest import Mens
from tests.mijn.lastig import (
    CONTROLE,
    PLEKKEN,
    REKENING,
    STEEKPROEF,
    TEKSTEN,
    alsof,
    begin_van,
    bewaard,
    eis_alleen_tekst,
    leeg,
    met_eigen_vorm,
    rondes,
    schoon,
    verstuur,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(900),
    pytest.mark.usefixtures("contexten"),
]
ALLEMAAL = [pytest.param(TEKSTEN, id="alles", marks=pytest.mark.lang)]
GEZEGD = {200, 204, 303, 404, 409, 422, 429}


def op_elke_plek(*plekken):
    return pytest.mark.parametrize(
        "plek", plekken, ids=lambda plek: f"{plek.formulier.__name__} {plek.adres}"
    )


in_elk_veld_met_een_eigen_vorm = pytest.mark.parametrize(
    ("plek", "veld"), met_eigen_vorm(), ids=lambda deel: getattr(deel, "adres", deel)
)
BEURT = sorted({veld for _, veld in met_eigen_vorm()})
DEEL = 6
"""Langs de bladzijde krijgt elk van deze velden een zesde van de lijst, elk een ander deel."""


def kern(tekst):
    """De letters en cijfers: wat een nummer of code zegt, hoe het ook geschreven is."""
    return "".join(teken for teken in schoon(tekst).upper() if teken.isalnum())


@pytest.fixture(scope="module")
def gevuld(gedeeld):
    """Noor en de bakker vulden alles in, en Noor deed een melding."""
    termijn = dt.timedelta(days=30)
    with gedeeld():
        Proces.objects.create(
            code="straat", omschrijving="Straat", open_kanaal=True, bewaartermijn=termijn
        )
        vulling.vul_noor()
        vulling.vul_korenbloem()
        Mens().log_in(vulling.NOOR).verstuur("/meldingen/nieuw/", proces="straat")


@pytest.fixture
def adressen(db, gevuld):
    """Wat er in een adres staat."""
    return {
        "email": DigitaalAdres.objects.get(soort="email").pk,
        "interactie": Interactie.objects.get().pk,
    }


@pytest.fixture
def hier(plek, adressen):
    """De plek met een adres dat bestaat."""
    return plek._replace(adres=plek.adres.format(**adressen))


@pytest.fixture
def mens(plek, noor, bakker, niemand):
    if plek.adres == CONTROLE:  # there is something to look at
        noor.verstuur(REKENING, iban="BE71 0961 2345 6769", tenaamstelling="N. Vries")
    return {"noor": noor, "bakker": bakker, "niemand": niemand}[plek.wie]


def formulieren():
    """Elk formulier van de burgerkant waarin iemand tekst typt."""
    for module in pkgutil.iter_modules(portal.mijn.forms.__path__):
        inhoud = vars(importlib.import_module(f"portal.mijn.forms.{module.name}"))
        for naam, soort in inhoud.items():
            if isinstance(soort, type) and issubclass(soort, forms.Form) and naam[0] != "_":
                yield soort


def test_elk_tekstveld_van_elk_formulier_heeft_een_plek():
    plekken = {plek.formulier: plek for plek in PLEKKEN}
    met_tekst = {
        soort
        for soort in formulieren()
        if any(
            isinstance(veld, forms.CharField) and not veld.widget.is_hidden
            for veld in soort.base_fields.values()
        )
    }
    assert len(met_tekst) > 10
    assert met_tekst == set(plekken)
    assert all(plek.nauw <= set(plek.tekstvelden()) for plek in PLEKKEN)


@pytest.mark.uitgangspunt("OWN-1")
@pytest.mark.parametrize("teksten", ALLEMAAL)
@op_elke_plek(*(plek for plek in PLEKKEN if plek.vrij()))
def test_een_regel_tekst_staat_er_zoals_getypt(plek, hier, mens, teksten):
    begin, aantal = begin_van(mens, hier), 0
    for nummer, typt in enumerate(rondes(plek.vrij(), teksten, goed=True)):
        with alsof():
            antwoord = verstuur(mens, hier, begin | typt, htmx=bool(nummer % 2))
            assert antwoord.status_code in {200, 303}, (typt, antwoord.context["formulier"].errors)
            eis_alleen_tekst(antwoord, *typt.values())
            rij = plek.lees()
            for veld, tekst in typt.items():
                verwacht = bewaard(tekst, plek.formulier.base_fields[veld])
                assert getattr(rij, veld) == verwacht, veld
            aantal += 1
    assert aantal > len(teksten) / 2


@pytest.mark.parametrize("teksten", ALLEMAAL)
@op_elke_plek(*(plek for plek in PLEKKEN if plek.vrij()))
def test_wat_geen_regel_tekst_is_wordt_bij_het_veld_geweigerd(plek, hier, mens, teksten):
    begin, velden = begin_van(mens, hier), plek.formulier.base_fields
    for nummer, typt in enumerate(rondes(plek.vrij(), teksten, goed=False)):
        with alsof():
            antwoord = verstuur(mens, hier, begin | typt, htmx=bool(nummer % 2))
            eis_alleen_tekst(antwoord, *typt.values())
            fout = {v for v, t in typt.items() if velden[v].required or not leeg(t)}
            if fout:
                assert antwoord.status_code == 422, typt
                assert antwoord.context["formulier"].errors.keys() >= fout, typt


@pytest.mark.lang
@in_elk_veld_met_een_eigen_vorm
def test_een_veld_met_een_eigen_vorm_breekt_niet(plek, veld, hier, mens):
    begin = begin_van(mens, hier)
    for nummer, tekst in enumerate(TEKSTEN[BEURT.index(veld) % DEEL :: DEEL]):
        with alsof():
            antwoord = verstuur(mens, hier, {**begin, veld: tekst}, htmx=bool(nummer % 2))
            assert antwoord.status_code in GEZEGD, tekst
            eis_alleen_tekst(antwoord, tekst)


@pytest.mark.parametrize("teksten", ALLEMAAL)
@in_elk_veld_met_een_eigen_vorm
def test_geen_formulier_neemt_er_iets_anders_van(plek, veld, teksten):
    for tekst in teksten:
        formulier = plek.maak({**plek.goed, veld: tekst})
        if veld not in formulier.errors:
            over = str(formulier.cleaned_data.get(veld) or "")
            assert kern(over).lstrip("0") == kern(tekst).lstrip("0"), tekst


@pytest.mark.lang
@op_elke_plek(*PLEKKEN)
def test_ook_een_keuze_en_een_verborgen_veld_breken_niet(plek, hier, mens):
    begin = begin_van(mens, hier)
    for plaats, veld in enumerate([*plek.andere(), "conflict", "welke", "onbekend"]):
        for nummer, tekst in enumerate(STEEKPROEF):
            with alsof():
                htmx = bool((nummer + plaats) % 2)
                antwoord = verstuur(mens, hier, {**begin, veld: tekst}, htmx=htmx)
                assert antwoord.status_code in GEZEGD, (veld, tekst)
                eis_alleen_tekst(antwoord, tekst)


LOS = [
    ("post", "/contactvoorkeuren/zaken/", "keuze"),
    ("post", "/downloaden/", "vorm"),
    ("post", "/mijn-gegevens/adres/hulp/", "postcode"),
    ("post", "/mijn-gegevens/adres/hulp/", "huisnummer"),
    ("post", "/mijn-gegevens/contactpunten/openen/", "contactpunt"),
    ("post", "/namens-wie/", "wie"),
    ("post", "/taal/", "language"),
    ("post", "/taal/", "next"),
    ("post", "/verwijderen/", "weg"),
    ("post", "/sessie/verlengen/", "next"),
    ("get", "/mijn-gegevens/", "rij"),
    ("get", "/mijn-gegevens/panelen/naam/", "rij"),
    ("get", "/", "next"),
    ("get", "/inloggen/digid/", "next"),
    ("get", "/inloggen/digid/", "handeling"),
    ("get", "/inloggen/digid/terug/", "state"),
    ("get", "/inloggen/digid/terug/", "code"),
    ("get", "/inloggen/mislukt/", "via"),
    ("get", "/inloggen/opnieuw/", "handeling"),
    ("get", "/uitgelogd/", "uit"),
    ("get", "/sessie-verlopen/", "next"),
]
VAN_EEN_BEDRIJF = {"/mijn-gegevens/contactpunten/openen/", "/namens-wie/"}


@pytest.mark.lang
@pytest.mark.parametrize(("methode", "adres", "naam"), LOS, ids=lambda deel: str(deel))
def test_geen_los_gegeven_in_een_vraag_breekt_iets(adressen, noor, bakker, methode, adres, naam):
    mens = bakker if adres in VAN_EEN_BEDRIJF else noor
    for tekst in TEKSTEN[len(naam) % DEEL :: DEEL]:
        with alsof():
            antwoord = getattr(mens, methode)(adres, {naam: tekst})
            assert antwoord.status_code < 500, tekst
            eis_alleen_tekst(antwoord, tekst)
            naar = urlsplit(antwoord.get("Location", "/"))
            assert naar.netloc in {"", "testserver", "localhost:8000"}, tekst  # ours, all three
