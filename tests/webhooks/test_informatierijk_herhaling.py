"""Een herhaling zegt hetzelfde of minder, nooit iets anders: zo staat het in docs/webhooks.md."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from portal.klanten.handelingen import (
    registreer_klant,
    verwijder_klant,
    verwijder_naam,
    wijzig_naam,
    wijzig_voorkeuren,
)
from portal.klanten.regels import NieuweNaam, NieuweVoorkeur, Voorkeursoort
from portal.logboek.models import Logregel
from portal.webhooks.informatierijk import BRONNEN, waarden_voor
from portal.webhooks.models import Baan
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.mensen import NOOR
from tests.webhooks.test_informatierijk import feiten
from tests.webhooks.test_informatierijk import zaaksysteem as zaaksysteem
from tests.webhooks.test_informatierijk_pomp import informatierijk

pytestmark = pytest.mark.lang

NL, EN = (NieuweVoorkeur(Voorkeursoort.TAAL, taal) for taal in ("nl", "en"))


@pytest.fixture
def gang():
    return {"door": NOOR, "sleutel": None, "op": timezone.now()}


async def tweemaal(werker, gemeente, gang, tussendoor):
    """Noor vult naam en taal in; het antwoord raakt zoek, zij doet iets, en wij proberen opnieuw.

    Geeft de bytes van de eerste poging, van de herhaling, en van wat er daarna kwam.
    """
    abonnement = await informatierijk(gemeente.url)
    waarden = [NieuweNaam("Een"), NL]
    klant = await sync_to_async(registreer_klant)(waarden=waarden, gezien=0, **gang)
    gemeente.gedrag["/webhook"] = "liegt"
    await pomp_achter_hek(werker, abonnement.pk)
    await sync_to_async(tussendoor)(klant.klant, gezien=klant.versie, **gang)
    gemeente.gedrag["/webhook"] = "goed"
    await Baan.objects.aupdate(opnieuw_op=timezone.now())
    await pomp_achter_hek(werker, abonnement.pk)
    return [regel["inhoud"] for regel in reversed(gemeente.ontvangen)]


def zonder(inhoud, *velden):
    """Dezelfde bytes, alleen deze velden niet meer in de waarden."""
    bericht = json.loads(inhoud)
    for veld in velden:
        del bericht["data"]["waarden"][veld]
    if not bericht["data"]["waarden"]:
        del bericht["data"]["waarden"]
    return json.dumps(bericht, ensure_ascii=False, separators=(",", ":"))


def waarden(inhoud):
    return json.loads(inhoud)["data"].get("waarden")


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_een_veld_dat_tussen_de_pogingen_veranderde_komt_alleen_in_het_latere_bericht(
    werker, gemeente, gang
):
    def wijzig(klant, **rest):
        return wijzig_naam(klant, naam=NieuweNaam("Twee"), **rest)

    eerste, herhaald, later = await tweemaal(werker, gemeente, gang, wijzig)
    assert waarden(eerste) == {"naam": ["Een"], "voorkeuren": ["taal: nl"]}
    assert herhaald == zonder(eerste, "naam")
    assert waarden(later) == {"naam": ["Twee"]}


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_wat_tussen_de_pogingen_gewist_is_vertrekt_niet_meer(werker, gemeente, gang):
    eerste, herhaald, later = await tweemaal(werker, gemeente, gang, verwijder_naam)
    assert herhaald == zonder(eerste, "naam")
    assert waarden(later) == {"naam": []}
    gegevens = [list(r.gegevens) async for r in Logregel.objects.filter(naam="webhook")]
    assert sorted(gegevens) == [["naam"], ["naam", "voorkeuren"], ["voorkeuren"]]


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_van_wie_tussen_de_pogingen_wegging_is_de_herhaling_informatiearm(
    werker, gemeente, gang
):
    eerste, herhaald, later = await tweemaal(werker, gemeente, gang, verwijder_klant)
    assert herhaald == zonder(eerste, "naam", "voorkeuren")
    assert json.loads(later)["type"] == "nl.klanten.klant-verwijderd"
    assert waarden(later) is None


@pytest.mark.django_db
def test_wie_alles_daarna_wijzigde_laat_geen_waarden_na_en_geen_regel(zaaksysteem, gang):
    klant = registreer_klant(waarden=[NieuweNaam("Een"), NL], gezien=0, **gang)
    nieuw = wijzig_naam(klant.klant, naam=NieuweNaam("Twee"), gezien=klant.versie, **gang)
    wijzig_voorkeuren(klant.klant, keuzes=[EN], gezien=nieuw.versie, **gang)
    oud = feiten(klant.klant, ("naam", "voorkeuren"), versie=klant.versie)
    assert waarden_voor(oud, "zaakbehandeling", zaaksysteem.uuid) is None
    assert not Logregel.objects.filter(naam="webhook").exists()


@pytest.mark.django_db
def test_een_wijziging_terwijl_wij_lezen_vertrekt_niet_onder_de_vorige_versie(
    zaaksysteem, gang, monkeypatch
):
    klant = registreer_klant(waarden=[NieuweNaam("Een")], gezien=0, **gang)
    rijen = BRONNEN["naam"]

    def net_gewijzigd(onderwerp):
        wijzig_naam(onderwerp, naam=NieuweNaam("Twee"), gezien=klant.versie, **gang)
        return rijen(onderwerp)

    monkeypatch.setitem(BRONNEN, "naam", net_gewijzigd)
    eerste = feiten(klant.klant, ("naam",), versie=klant.versie)
    assert waarden_voor(eerste, "zaakbehandeling", zaaksysteem.uuid) is None
