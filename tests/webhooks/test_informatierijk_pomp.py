"""Informatierijk door een lopende pomp: de waarden vertrekken, en blijven nergens liggen."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from portal.klanten.handelingen import registreer_klant, verwijder_klant
from portal.klanten.regels import NieuweNaam
from portal.logboek.models import Logregel
from portal.webhooks import beheer
from portal.webhooks.models import Baan
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.mensen import NOOR
from tests.webhooks.conftest import door, maak_abonnement

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]
KANARIE = "Noortje Kanarie"
registreer = sync_to_async(registreer_klant)


@pytest.fixture
def gang():
    return {"door": NOOR, "sleutel": None, "op": timezone.now()}


async def informatierijk(url):
    gemaakt = await maak_abonnement(url)
    zet = sync_to_async(beheer.zet_informatierijk)
    return await zet(gemaakt.pk, aan=True, doel="zaakbehandeling", door=door())


def berichten(gemeente):
    return [json.loads(regel["inhoud"]) for regel in reversed(gemeente.ontvangen)]


def tabellen_met(waarde):
    """Welke tabellen van de webhooks en van de taken deze waarde ergens bevatten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public'"
            " and (tablename like 'webhooks%%' or tablename like 'procrastinate%%')"
        )
        gevonden = []
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {tabel} r where r::text like %s", [f"%{waarde}%"])  # noqa: S608 - namen uit de catalogus
            gevonden += [tabel] if cursor.fetchone()[0] else []
    return gevonden


async def test_de_waarden_gaan_mee_staan_nergens_en_elke_poging_staat_in_het_logboek(
    werker, gemeente, gang
):
    zaaksysteem = await informatierijk(gemeente.url)
    await registreer(waarden=[NieuweNaam(KANARIE)], gezien=0, **gang)
    gemeente.gedrag["/webhook"] = "liegt"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    gemeente.gedrag["/webhook"] = "goed"
    await Baan.objects.aupdate(opnieuw_op=timezone.now())
    await pomp_achter_hek(werker, zaaksysteem.pk)

    eerste, tweede = berichten(gemeente)
    assert eerste == tweede
    assert eerste["data"]["waarden"] == {"naam": [KANARIE]}
    assert await sync_to_async(tabellen_met)(KANARIE) == []
    assert await Logregel.objects.filter(naam="webhook").acount() == 2


async def test_wie_intussen_weg_is_laat_geen_waarden_na_wel_hetzelfde_bericht(
    werker, gemeente, gang
):
    zaaksysteem = await informatierijk(gemeente.url)
    klant = await registreer(waarden=[NieuweNaam(KANARIE)], gezien=0, **gang)
    await sync_to_async(verwijder_klant)(klant.klant, gezien=klant.versie, **gang)
    await pomp_achter_hek(werker, zaaksysteem.pk)

    aangemaakt, verwijderd = berichten(gemeente)
    assert (aangemaakt["sequence"], verwijderd["sequence"]) == ("0000000001", "0000000002")
    assert verwijderd["type"] == "nl.klanten.klant-verwijderd"
    assert "waarden" not in aangemaakt["data"]
    assert KANARIE not in str(gemeente.ontvangen)
