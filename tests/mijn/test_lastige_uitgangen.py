"""Elke lastige tekst die bewaard is komt er op elke bladzijde en in elk bestand zo weer uit.

Als tekst, nooit als opmaak of formule; de weg naar binnen staat in `test_lastige_teksten.py`.
"""

import csv
import io
import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.klanten import handelingen
from portal.klanten.models import DigitaalAdres, Klant, Naam, Postadres, Rekeningnummer, Waarde
from portal.klanten.regels import NieuweNaam
from portal.mijn.models import Download
from portal.mijn.tasks import maak_downloads
from tests.mijn import vulling
from tests.mijn.conftest import NOOR
from tests.mijn.lastig import TEKSTEN, eis_alleen_tekst, past, schoon

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
FORMULE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
ALLEMAAL = [pytest.param(TEKSTEN, id="alles", marks=pytest.mark.lang)]
BREED, SMAL = 200, 40
BLADZIJDEN = {
    "/overzicht/": ("naam",),
    "/mijn-gegevens/": ("naam", "tav", "regel1", "regel2", "omschrijving", "tenaamstelling"),
    "/verwijderen/": ("naam", "tav", "regel1"),
    "/meldingen/": ("naam",),
    "/namens-wie/": ("naam",),
}
STAP = 3
"""Op de andere bladzijden staat elke derde reeks: dan heeft elke tekst er in een veld gestaan."""
FORMULIEREN = {
    "/mijn-gegevens/naam/": {"waarde": "naam"},
    "/mijn-gegevens/adres/buitenland/": {"tav": "tav", "regel1": "regel1", "regel2": "regel2"},
    "/mijn-gegevens/telefoon/{telefoon}/": {"omschrijving": "omschrijving"},
    "/mijn-gegevens/rekening/": {"tenaamstelling": "tenaamstelling"},
}
"""Waar een waarde in een invoerveld staat, en welke."""


def passend(teksten, hooguit):
    """Wat hiervan bewaard kan zijn in een veld van deze lengte, zoals het bewaard is."""
    return list(dict.fromkeys(schoon(tekst) for tekst in teksten if past(tekst, hooguit)))


def gewoon(tekst):
    return " ".join(tekst.split())


@pytest.fixture
def klant(db):
    return vulling.vul_noor()


def zet(klant, brede, smalle, nummer):
    """Zonder handeling, die is elders getoetst: elk veld een andere tekst; geeft wat waar staat."""

    def een(lijst, plaats):
        return lijst[(nummer + 7 * plaats) % len(lijst)]

    telefoon = DigitaalAdres.objects.filter(klant=klant, soort="telefoon").earliest("waarde")
    er_staat = {"naam": een(brede, 0), "tav": een(brede, 1), "tenaamstelling": een(smalle, 2)}
    er_staat |= {"regel1": een(smalle, 3), "regel2": een(smalle, 4), "omschrijving": een(smalle, 5)}
    Naam.objects.filter(klant=klant).update(waarde=er_staat["naam"])
    regels = {veld: er_staat[veld] for veld in ("tav", "regel1", "regel2")}
    Postadres.objects.filter(klant=klant).update(**regels)
    Rekeningnummer.objects.filter(klant=klant).update(tenaamstelling=er_staat["tenaamstelling"])
    DigitaalAdres.objects.filter(pk=telefoon.pk).update(omschrijving=er_staat["omschrijving"])
    return er_staat


@pytest.mark.parametrize("teksten", ALLEMAAL)
@pytest.mark.parametrize("adres", BLADZIJDEN)
def test_op_een_bladzijde_staat_wat_er_bewaard_is(noor, klant, adres, teksten):
    brede, smalle = passend(teksten, BREED), passend(teksten, SMAL)
    stap = 1 if adres == "/mijn-gegevens/" else STAP
    for nummer in range(0, len(brede), stap):
        er_staat = zet(klant, brede, smalle, nummer)
        antwoord = noor.get(adres)
        assert antwoord.status_code == 200
        eis_alleen_tekst(antwoord, *er_staat.values())
        bladzijde = gewoon(BeautifulSoup(antwoord.content, "html.parser").get_text())
        for veld in BLADZIJDEN[adres]:
            assert gewoon(er_staat[veld]) in bladzijde, veld


@pytest.mark.parametrize("teksten", ALLEMAAL)
@pytest.mark.parametrize("adres", FORMULIEREN)
def test_een_formulier_begint_met_wat_er_bewaard_is(noor, klant, adres, teksten):
    brede, smalle = passend(teksten, BREED), passend(teksten, SMAL)
    telefoon = DigitaalAdres.objects.filter(klant=klant, soort="telefoon").earliest("waarde").pk
    for nummer in range(0, len(brede), STAP):
        er_staat = zet(klant, brede, smalle, nummer)
        antwoord = noor.get(adres.format(telefoon=telefoon))
        eis_alleen_tekst(antwoord, *er_staat.values())
        soep = BeautifulSoup(antwoord.content, "html.parser")
        for veld, waarde in FORMULIEREN[adres].items():
            assert soep.select_one(f'main input[name="{veld}"]')["value"] == er_staat[waarde]


@pytest.fixture
def geschiedenis(request, noor, klant):
    """Noor noemde zich achtereenvolgens naar elke tekst die een naam kan zijn."""
    namen = passend(request.param, BREED)
    door = vulling.authenticatie(NOOR)
    for naam in namen:
        gezien = Klant.objects.get(pk=klant.pk).versie
        gang = {"door": door, "gezien": gezien, "sleutel": uuid.uuid4(), "op": timezone.now()}
        handelingen.wijzig_naam(klant.pk, naam=NieuweNaam(naam), **gang)
    return namen


alle_namen = pytest.mark.parametrize("geschiedenis", ALLEMAAL, indirect=True)


def haal(mens, vorm):
    """Vraag een bestand aan, laat het maken en haal het op."""
    mens.post("/downloaden/", {"vorm": vorm})
    maak_downloads.func()
    return mens.get(f"/downloaden/{Download.objects.latest('gevraagd_op').pk}/").content


@alle_namen
def test_de_geschiedenis_toont_elke_naam_die_er_stond(noor, geschiedenis):
    antwoord = noor.get("/geschiedenis/")
    eis_alleen_tekst(antwoord, *geschiedenis)
    soep = BeautifulSoup(antwoord.content, "html.parser")
    getoond = {gewoon(deel.get_text()) for deel in soep.select('main span[translate="no"]')}
    assert {gewoon(naam) for naam in geschiedenis} <= getoond


@alle_namen
def test_een_oude_naam_komt_terug_zoals_zij_was(noor, klant, geschiedenis):
    for waarde in Waarde.objects.filter(klant=klant, veld="naam").exclude(oud="")[::40]:
        if ", " in waarde.oud:
            continue  # a name with a comma may have been three parts: it is not offered
        adres = f"/geschiedenis/{waarde.gebeurtenis_id}/naam/terug/"
        vraag = noor.get(adres)
        eis_alleen_tekst(vraag, waarde.oud)
        assert noor.verstuur(adres).status_code == 303
        assert Naam.objects.get(klant=klant).waarde == waarde.oud


@pytest.mark.uitgangspunt("OWN-6")
@alle_namen
def test_in_de_json_staat_elke_naam_teken_voor_teken(noor, geschiedenis):
    inhoud = json.loads(haal(noor, "json").decode("utf-8", "strict"))
    feiten = [waarde for feit in inhoud["geschiedenis"] for waarde in feit["waarden"]]
    namen = [waarde["nieuw"] for waarde in feiten if waarde["veld"] == "naam"]
    assert namen[-len(geschiedenis) :] == geschiedenis
    assert inhoud["klantgegevens"]["naam"][0]["waarde"] == geschiedenis[-1]


@pytest.mark.uitgangspunt("OWN-6")
@alle_namen
def test_in_het_rekenblad_staat_elke_naam_en_start_er_geen_formule(noor, geschiedenis):
    tekst = haal(noor, "csv").decode("utf-8-sig")
    cellen = [cel for rij in csv.reader(io.StringIO(tekst), delimiter=";") for cel in rij]
    gelezen = {cel.removeprefix("'") for cel in cellen} | set(cellen)
    assert set(geschiedenis) <= gelezen
    assert [cel for cel in cellen if cel[:1] and cel[:1] in FORMULE] == []


@alle_namen
def test_er_is_ook_een_pdf_van(noor, geschiedenis):
    pdf = haal(noor, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"StructTreeRoot" in pdf
