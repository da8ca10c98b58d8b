"""Elk veld bij elk doel: onder de naam van de API, in de vorm van het gepubliceerde schema."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from portal.klanten.gegevens import gegevenssoorten
from portal.klanten.handelingen import bevestig, registreer_klant, wijzig_digitaal_adres
from portal.klanten.models import DigitaalAdres, Klant, MetHerkomst
from portal.klanten.regels import (
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    NieuwTelefoon,
    Voorkeursoort,
)
from portal.klanten.regels.bewaren import VELDEN
from portal.logboek.models import Logregel
from portal.mijn.woorden import NAMEN
from portal.webhooks import beheer
from portal.webhooks.bericht import bericht
from portal.webhooks.informatierijk import BRONNEN, waarden_voor
from portal.webhooks.schemas import schema
from tests.klanten.conftest import bevestigd_adres, gang
from tests.klanten.conftest import post as post
from tests.webhooks.conftest import abonnement, door
from tests.webhooks.test_bericht import FEITEN, VAN

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
WAARDEN = {
    "naam": ("naam", "Noor"),
    "email": ("emailadres", "noor@example.nl"),
    "telefoon": ("telefoonnummer", "+31612345678"),
    "postadres": ("postadres", "Waterlaan 12, 1234 AB  Waterveen"),
    "rekeningnummer": ("rekeningnummer", "NL91ABNA0417164300, N. Jansen"),
    "voorkeuren": ("voorkeuren", "taal: nl"),
}
"""Veld van een Gebeurtenis en van een doel -> hoe de API het noemt, en wat Noor daar heeft."""
DOELEN = sorted(settings.DOELEN)


@pytest.fixture
def noor(post):
    """Noor vulde alles in en bevestigde haar e-mailadres en telefoonnummer."""
    waarden = [
        NieuweNaam("Noor"),
        NieuwPostadres(postcode="1234 AB", huisnummer=12, straat="Waterlaan", plaats="Waterveen"),
        NieuwRekeningnummer(iban="NL91 ABNA 0417 1643 00", tenaamstelling="N. Jansen"),
        NieuweVoorkeur(Voorkeursoort.TAAL, "nl"),
    ]
    klant = Klant.objects.get(pk=registreer_klant(waarden=waarden, **gang()).klant)
    bevestigd_adres(klant, NieuwEmail("noor@example.nl"), post)
    bevestigd_adres(klant, NieuwTelefoon("06 12345678"), post)
    klant.refresh_from_db()
    return klant


def bezorg(klant, velden, doel):
    """De inhoud van een bericht over deze velden aan een ontvanger met dit doel, en zijn schema."""
    zaaksysteem = abonnement("https://zaken.waterveen.nl/webhook")
    beheer.zet_informatierijk(zaaksysteem.pk, aan=True, doel=doel, door=door())
    feiten = replace(FEITEN, onderwerp=klant.pk, versie=klant.versie, velden=velden)
    inhoud = json.loads(bericht(feiten, VAN, waarden_voor(feiten, doel, zaaksysteem.uuid)))
    naam = inhoud["dataschema"].rpartition("/")[2].removesuffix(".v1.json")
    return inhoud["data"], Draft202012Validator(
        schema(naam, VAN.adres), format_checker=FormatChecker()
    )


@pytest.mark.parametrize("doel", DOELEN)
def test_elk_veld_gaat_mee_als_het_doel_het_nodig_heeft_en_anders_niet(noor, doel):
    gegaan, verwacht = {}, {}
    for veld, (in_de_api, waarde) in WAARDEN.items():
        data, keuring = bezorg(noor, (veld,), doel)
        keuring.validate(data)
        gegaan[veld] = (data["gewijzigd"], data.get("waarden"))
        mag = veld in settings.DOELEN[doel]["velden"]
        verwacht[veld] = ([in_de_api], {in_de_api: [waarde]} if mag else None)
    assert gegaan == verwacht


@pytest.mark.parametrize("doel", DOELEN)
def test_alles_tegelijk_gewijzigd_geeft_precies_de_velden_van_het_doel(noor, doel):
    data, keuring = bezorg(noor, tuple(sorted(WAARDEN)), doel)
    keuring.validate(data)
    verwacht = {WAARDEN[veld][0] for veld in settings.DOELEN[doel]["velden"] if veld in WAARDEN}
    assert set(data.get("waarden", {})) == verwacht
    assert verwacht <= set(data["gewijzigd"])


def test_van_een_voorstel_gaat_mee_wat_nog_in_gebruik_is_tot_het_bevestigd_is(noor, post):
    oud, nieuw = DigitaalAdres.objects.get(soort="email"), NieuwEmail("noor@voorbeeld.example")
    wie = gang(gezien=noor.versie)
    voorstel = wijzig_digitaal_adres(noor.pk, waarde=oud.pk, adres=nieuw, **wie)
    noor.refresh_from_db()
    data, _ = bezorg(noor, ("email",), "berichtgeving")
    assert data["waarden"] == {"emailadres": [oud.waarde]}

    bevestig(noor.pk, waarde=voorstel.waarde, code=post[-1].inhoud["code"], **wie)
    herhaald, _ = bezorg(noor, ("email",), "berichtgeving")
    noor.refresh_from_db()
    later, _ = bezorg(noor, ("email",), "berichtgeving")
    assert "waarden" not in herhaald
    assert later["waarden"] == {"emailadres": [nieuw.waarde]}


def test_elke_soort_waarde_van_een_klant_heeft_een_bron_en_een_veld_van_een_doel(noor):
    soorten = {soort.naam for soort in gegevenssoorten()}
    waarden = {model.__name__ for model in MetHerkomst.__subclasses__() if hasattr(model, "tekst")}
    bronnen = {type(rij).__name__ for bron in BRONNEN.values() for rij in bron(noor.pk)}
    assert waarden <= soorten
    assert bronnen == waarden
    assert set(BRONNEN) == VELDEN == set(WAARDEN)
    in_een_doel = {veld for doel in settings.DOELEN.values() for veld in doel["velden"]}
    assert in_een_doel >= VELDEN


def test_het_logboek_noemt_een_veld_zoals_de_klant_het_leest(noor):
    bezorg(noor, ("email", "naam", "telefoon"), "berichtgeving")
    regel = Logregel.objects.order_by("-pk").first()
    assert list(regel.gegevens) == ["email", "naam", "telefoon"]
    assert set(regel.gegevens) <= set(NAMEN)


@pytest.mark.parametrize(
    "waarden", [{"email": ["a@example.nl"]}, {"naam": "Noor"}, {"subjectnummer": ["999990019"]}]
)
def test_het_schema_keurt_af_wat_geen_veld_met_teksten_is(noor, waarden):
    data, keuring = bezorg(noor, ("naam",), "berichtgeving")
    with pytest.raises(ValidationError):
        keuring.validate({**data, "waarden": waarden})
