"""Alles meenemen: gevraagd, op de achtergrond gemaakt, alleen door wie het vroeg op te halen."""

import csv
import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from portal.klanten.models import Klant
from portal.klanten.regels import NieuweNaam, NieuwPostadres
from portal.logboek.inzage import gebruik_van
from portal.mijn.downloads import aanvragen
from portal.mijn.models import Download
from portal.mijn.tasks import maak_downloads, veeg
from tests.mijn import vulling
from tests.mijn.conftest import NOOR, OMAR, Mens, tekst

pytestmark = pytest.mark.lang

ADRES = "/downloaden/"


@pytest.fixture
def klant(db):
    return vulling.vul_noor()


def haal(mens, vorm):
    mens.post(ADRES, {"vorm": vorm})
    maak_downloads.func()
    return mens.get(f"{ADRES}{Download.objects.latest('gevraagd_op').pk}/")


@pytest.mark.uitgangspunt("OWN-6")
def test_json_is_het_gepubliceerde_bestand(noor, klant):
    antwoord = haal(noor, "json")
    inhoud = json.loads(antwoord.content)
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert [rij["waarde"] for rij in inhoud["klantgegevens"]["naam"]] == ["Noor de Vries"]
    assert noor.get("/downloaden/meenemen.schema.json").status_code == 200


def test_csv_start_geen_formule_en_zegt_toch_hetzelfde(noor, klant):
    noor.verstuur("/mijn-gegevens/naam/", waarde="=HYPERLINK(1)")
    rijen = list(
        csv.reader(io.StringIO(haal(noor, "csv").content.decode("utf-8-sig")), delimiter=";")
    )
    cellen = [cel for rij in rijen for cel in rij]
    assert "'=HYPERLINK(1)" in cellen
    assert not [cel for cel in cellen if cel[:1] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" and cel]


@pytest.mark.uitgangspunt("INT-2")
def test_een_adres_staat_er_zoals_op_het_scherm(noor, omar, klant):
    vulling.vul(OMAR, NieuwPostadres(postcode="1234AB", huisnummer=12, straat="Kade", plaats="W"))
    assert "1040 Brussel, België" in haal(noor, "csv").content.decode()
    assert "Kade 12, 1234 AB  W" in haal(omar, "csv").content.decode()


def test_de_pdf_is_getagd_en_belooft_pdf_ua(noor, klant):
    pdf = haal(noor, "pdf").content
    assert pdf.startswith(b"%PDF-")
    assert b"StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


def test_een_naam_in_een_ander_schrift_geeft_toch_een_getagde_pdf(noor, klant):
    noor.verstuur("/mijn-gegevens/naam/", waarde="東京 Noor #eval(1)")
    assert b"StructTreeRoot" in haal(noor, "pdf").content


def test_het_bestand_staat_nergens_leesbaar(noor, klant):
    haal(noor, "json")
    assert "Noor" not in Download.objects.get().inhoud_verzegeld


def test_ophalen_staat_in_het_logboek_als_eigen_daad(noor, klant):
    haal(noor, "json")
    assert [(regel.activiteit, regel.eigen) for regel in gebruik_van(klant.pk)][:1] == [
        ("exporteren", True)
    ]


@pytest.mark.parametrize("tegelijk_gemaakt", [False, True])
def test_een_bestand_dat_mislukt_houdt_dat_van_omar_niet_op(
    noor, omar, klant, monkeypatch, tegelijk_gemaakt
):
    """Nor does it undo what another worker made of the same request meanwhile."""
    vulling.vul(OMAR, NieuweNaam("Omar"))
    for mens in (noor, omar):
        mens.post(ADRES, {"vorm": "json"})
    maak = aanvragen.maak

    def stuk_voor_noor(download, *, op):
        if download.onderwerp != klant.pk or tegelijk_gemaakt:
            maak(download, op=op)
        if download.onderwerp == klant.pk:
            raise RuntimeError

    monkeypatch.setattr(aanvragen, "maak", stuk_voor_noor)
    with pytest.raises(ExceptionGroup):
        maak_downloads.func()
    standen = dict(Download.objects.values_list("onderwerp", "stand"))
    assert standen.pop(klant.pk) == ("klaar" if tegelijk_gemaakt else "mislukt")
    assert set(standen.values()) == {"klaar"}


@pytest.mark.uitgangspunt("OWN-2")
def test_een_ander_vindt_het_bestand_niet(noor, omar, klant):
    haal(noor, "json")
    assert omar.get(f"{ADRES}{Download.objects.get().pk}/").status_code == 404


def test_na_een_dag_is_het_weg(noor, klant):
    haal(noor, "json")
    morgen = timezone.now() + timedelta(days=1)
    veeg.func(timestamp=int(morgen.timestamp()) + 1)
    assert Download.objects.count() == 0


@pytest.mark.uitgangspunt("OWN-2")
def test_wat_weg_is_van_een_ander_of_nooit_was_geeft_dezelfde_weg_verder(noor, omar, klant):
    haal(noor, "json")
    bestand = f"{ADRES}{Download.objects.get().pk}/"
    morgen = timezone.now() + timedelta(hours=24, minutes=1)
    van_een_ander = omar.get(bestand)
    with time_machine.travel(morgen, tick=False):
        later = Mens().log_in(NOOR)
        verlopen = later.get(bestand)
        veeg.func(timestamp=int(morgen.timestamp()))
        geveegd = later.get(bestand)
        nooit = later.get(f"{ADRES}{uuid4()}/")
    antwoorden = (van_een_ander, verlopen, geveegd, nooit)
    assert {antwoord.status_code for antwoord in antwoorden} == {404}
    assert len({tekst(antwoord).split(" Om ")[0] for antwoord in antwoorden}) == 1
    assert "Dit bestand is er niet meer" in tekst(verlopen)
    assert f'href="{ADRES}"><span' in verlopen.content.decode()


@pytest.mark.uitgangspunt("OWN-5")
def test_met_de_klant_gaat_ook_het_bestand_weg(noor, klant):
    haal(noor, "json")
    noor.post("/verwijderen/", {"weg": ["alles"]})
    noor.verstuur("/verwijderen/controle/")
    assert Klant.objects.count() == 0
    assert Download.objects.count() == 0


def test_er_wordt_er_een_tegelijk_gemaakt(noor, klant):
    noor.post(ADRES, {"vorm": "json"})
    antwoord = noor.post(ADRES, {"vorm": "pdf"}, follow=True)
    assert "Probeer het later." in tekst(antwoord)
    assert Download.objects.count() == 1


def test_vijf_per_dag_is_genoeg(noor, klant):
    for _ in range(6):
        haal(noor, "json")
    assert Download.objects.count() == 5


def test_wie_te_lang_geleden_inlogde_logt_eerst_opnieuw_in(klant, db):
    eerder = Mens().log_in(NOOR, oud=301)
    assert eerder.get(ADRES).url.startswith("/inloggen/opnieuw/")


def test_zonder_keuze_wordt_er_niets_gemaakt(noor, klant):
    antwoord = noor.post(ADRES, {"vorm": "exe"})
    assert antwoord.status_code == 422
    assert "Kies eerst welk bestand u wilt." in tekst(antwoord)
    assert "<title>Fout: Gegevens downloaden" in antwoord.content.decode()


def test_wie_niets_heeft_hoort_dat(noor):
    assert "Er is niets te downloaden." in noor.lees(ADRES)
