"""Elke tekst van de bekende lijst, door elk tekstveld erin en langs elke weg er weer uit.

Nooit een 500, nooit iets anders dan tekst op de bladzijde, en bewaard zoals getypt (NFC) of
geweigerd met een reden. Een webhook draagt nooit een waarde (`test_informatiearm.py`).
"""

import csv
import datetime as dt
import io
import json
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.api.rechten import Scope
from portal.klanten.meenemen import exporteer
from portal.klanten.models import Klant, Naam, Proces
from portal.klanten.regels import NieuweNaam, OngeldigeWaarde
from portal.mijn.downloads.bestand import als_csv, als_pdf
from portal.mijn.downloads.inhoud import delen
from tests.api.conftest import Vrager, geef  # noqa: F401 - the fixture
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, velden_van

pytestmark = [pytest.mark.django_db, pytest.mark.lang, pytest.mark.timeout(900)]
TEKSTEN = json.loads((Path(__file__).parent / "lastige_teksten.json").read_text())
FORMULE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
DEEL = 6
"""Elk ander veld dan de naam krijgt een zesde van de lijst, elk een ander deel: samen alles."""
VELDEN = [
    ("/mijn-gegevens/adres/", "straat", {"postcode": "1234 AB", "huisnummer": "1"}),
    ("/mijn-gegevens/adres/", "postcode", {"huisnummer": "1"}),
    ("/mijn-gegevens/adres/", "tav", {"postcode": "1234 AB", "huisnummer": "1"}),
    ("/mijn-gegevens/adres/", "geldig_vanaf", {"postcode": "1234 AB", "huisnummer": "1"}),
    ("/mijn-gegevens/adres/buitenland/", "regel1", {"landcode": "BE"}),
    ("/mijn-gegevens/adres/buitenland/", "landcode", {"regel1": "Weg 1"}),
    ("/mijn-gegevens/telefoon/toevoegen/", "waarde", {}),
    ("/mijn-gegevens/telefoon/toevoegen/", "omschrijving", {"waarde": "020 123 45 67"}),
    ("/mijn-gegevens/email/toevoegen/", "waarde", {}),
    ("/mijn-gegevens/rekening/", "iban", {"tenaamstelling": "N. Vries"}),
    ("/mijn-gegevens/rekening/", "tenaamstelling", {"iban": "NL91ABNA0417164300"}),
    ("/mijn-gegevens/klopt-niet/naam/", "toelichting", {}),
    ("/meldingen/nieuw/", "voornaam", {"proces": "straat", "bereik": "noor@example.org"}),
    ("/meldingen/nieuw/", "bereik", {"proces": "straat", "voornaam": "Noor"}),
    ("/meldingen/koppelen/", "referentie", {}),
    ("/meldingen/koppelen/code/", "code", {}),
    ("/contactvoorkeuren/zaken/", "keuze", {}),
]


@pytest.fixture
def proces(db):
    termijn = dt.timedelta(days=30)
    return Proces.objects.create(
        code="straat", omschrijving="Straat", open_kanaal=True, bewaartermijn=termijn
    )


@pytest.fixture(autouse=True)
def zonder_tellers(monkeypatch):
    """Wie honderden teksten probeert, komt anders niet verder dan de eerste tien."""
    for module in ("meldingen", "koppelen", "klopt_niet"):
        monkeypatch.setattr(f"portal.mijn.views.{module}.tel", lambda *_, **__: 0, raising=False)


def soorten(antwoord):
    """De soorten elementen in een antwoord: een tekst die opmaak werd, voegt er een toe."""
    soep = BeautifulSoup(antwoord.content, "html.parser")
    return {element.name for element in (soep.select_one("main") or soep).find_all(True)}


def eis_alleen_tekst(antwoord, tekst):
    vreemd = {"script", "iframe", "img", "object", "embed", "style", "marquee", "blink", "video"}
    assert not vreemd & soorten(antwoord), tekst
    soep = BeautifulSoup(antwoord.content, "html.parser")
    assert not [el for el in soep.find_all(True) if any(naam.startswith("on") for naam in el.attrs)]


def bewaard(tekst):
    return unicodedata.normalize("NFC", tekst)


@pytest.mark.uitgangspunt("OWN-1")
def test_een_naam_staat_er_zoals_getypt_of_wordt_geweigerd_met_een_reden(noor):
    aantal = 0
    for tekst in TEKSTEN:
        velden = velden_van(noor.get("/mijn-gegevens/naam/")) | {"waarde": tekst}
        antwoord = noor.post("/mijn-gegevens/naam/", velden)
        eis_alleen_tekst(antwoord, tekst)
        if antwoord.status_code == 422:
            assert "utrecht-form-field-error-message" in antwoord.content.decode(), tekst
            continue
        assert antwoord.status_code == 303, tekst
        aantal += 1
        assert Naam.objects.get().waarde == bewaard(tekst).strip(), tekst
        bladzijde = noor.get("/mijn-gegevens/")
        eis_alleen_tekst(bladzijde, tekst)
        rij = BeautifulSoup(bladzijde.content, "html.parser").select_one("#rij-naam .kg-rij__tekst")
        assert " ".join(rij.get_text().split()) == " ".join(bewaard(tekst).split()), tekst
    assert aantal > 300


@pytest.mark.parametrize(("adres", "veld", "rest"), VELDEN, ids=lambda deel: str(deel)[:40])
def test_geen_enkel_veld_breekt_op_een_lastige_tekst(noor, proces, adres, veld, rest):
    begin, vanaf = velden_van(noor.get(adres)), VELDEN.index((adres, veld, rest)) % DEEL
    for nummer, tekst in enumerate(TEKSTEN[vanaf::DEEL]):
        htmx = {"HX-Request": "true"} if nummer % 2 else {}
        antwoord = noor.post(adres, {**begin, **rest, veld: tekst}, headers=htmx)
        assert antwoord.status_code in {200, 204, 303, 409, 422}, (veld, tekst)
        eis_alleen_tekst(antwoord, tekst)


@pytest.fixture
def namen(db):
    """Klanten die zo heten als de lijst, voor zover dat een naam mag zijn."""
    klant = vulling.vul(NOOR, NieuweNaam("Noor"))
    goed = []
    for tekst in TEKSTEN:
        try:
            goed.append(NieuweNaam(tekst).waarde)
        except OngeldigeWaarde:
            continue
    return klant, list(dict.fromkeys(goed))


def zet(klant, naam):
    """Zonder handeling: hier gaat het om de weg naar buiten."""
    Naam.objects.filter(klant=klant).update(waarde=naam)
    return Klant.objects.met_waarden().get(pk=klant.pk)


@pytest.mark.uitgangspunt("OWN-6")
def test_een_bestand_zegt_hetzelfde_en_start_geen_formule(namen):
    klant, teksten = namen
    door = vulling.authenticatie(NOOR)
    for naam in teksten:
        gegevens = exporteer(zet(klant, naam), door=door, op=timezone.now())
        terug = json.loads(json.dumps(gegevens, ensure_ascii=False).encode())
        assert [rij["waarde"] for rij in terug["klantgegevens"]["naam"]] == [naam]
        tekst = als_csv(delen(gegevens, [])).decode("utf-8-sig")
        cellen = [cel for rij in csv.reader(io.StringIO(tekst), delimiter=";") for cel in rij]
        assert naam in {cel.removeprefix("'") for cel in cellen} | set(cellen)
        assert not [cel for cel in cellen if cel[:1] and cel[:1] in FORMULE], naam


def test_een_pdf_is_er_ook_van(namen):
    klant, teksten = namen
    for naam in teksten[::40]:
        gegevens = exporteer(zet(klant, naam), door=vulling.authenticatie(NOOR), op=timezone.now())
        pdf = als_pdf(delen(gegevens, []), titel="Uw gegevens", taal="nl", leeg="-", voet="-")
        assert b"StructTreeRoot" in pdf, naam


@pytest.mark.uitgangspunt("PUR-2")
def test_de_api_geeft_de_naam_zoals_zij_is(namen, geef):  # noqa: F811
    klant, teksten = namen
    vrager = Vrager(geef(scopes=list(Scope)))
    for naam in teksten:
        zet(klant, naam)
        antwoord = vrager.get(f"/api/v1/klanten/{klant.pk}")
        assert antwoord.status_code == 200, naam
        assert antwoord.json()["naam"]["waarde"] == naam


def test_de_api_neemt_elke_tekst_aan_of_weigert_haar_met_een_probleemdocument(proces, geef):  # noqa: F811
    vrager = Vrager(geef(scopes=list(Scope)))
    for tekst in TEKSTEN:
        contact = {"voornaam": tekst, "emailadres": "noor@example.org"}
        vraag = {"proces": "straat", "soort": "melding", "contact": contact}
        antwoord = vrager.stuur("/api/v1/interacties", vraag)
        assert antwoord.status_code in {201, 400, 422}, tekst
        if antwoord.status_code != 201:
            assert antwoord["Content-Type"].startswith("application/problem+json"), tekst
