"""Een mens gaat voor: wat hij opslaat wordt nooit afgebroken omdat de pomp ook een slot wil."""

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psycopg
import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from portal.klanten.gevolgen import volg_op
from portal.klanten.handelingen import wijzig_naam
from portal.klanten.handelingen.transactie import constraint_als_regel
from portal.klanten.regels import EvenBezet, NieuweNaam
from portal.logboek.activiteiten import Activiteit
from portal.logboek.controle import controleer
from portal.logboek.models import Logregel
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from portal.webhooks.models import Abonnement, Bezorging, Teller
from portal.webhooks.pomp.bevestiger import Bevestiger, Bezorgd
from portal.webhooks.pomp.wekker import hervat_vanzelf, noteer_veeg
from tests.klanten.conftest import gang
from tests.mensen import OMAR, WATERVEEN
from tests.webhooks.conftest import (
    abonnement,
    gebeurtenis,
    maak_abonnement,
    maak_gebeurtenis,
    vastgelegd,
)

echt = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
pytestmark = pytest.mark.lang
BANEN_VAN = "select from webhooks_baan where onderwerp = %s"
RAAK = "update webhooks_baan set openstaand = openstaand where onderwerp = %s"


@echt[0]
@echt[1]
async def test_wie_twee_klanten_tegelijk_wijzigt_wint_van_de_bevestiger(werker, noor, omar):
    zaaksysteem = await maak_abonnement("https://zaken.waterveen.nl/")
    for wie in (noor, omar):
        await maak_gebeurtenis(wie, 1)
    bevestiger = Bevestiger(werker.pool, zaaksysteem.pk, "proef")
    rijen = [Bezorgd(rij.pk, 204, 1, "") async for rij in Bezorging.objects.all()]

    async with await psycopg.AsyncConnection.connect(**connector_params("default")) as mens:
        await mens.execute(RAAK, [omar])  # de bevestiger neemt noor eerst en wacht dan op omar
        klaar = asyncio.gather(*map(bevestiger.bevestig, rijen))
        await asyncio.sleep(1.3)  # langer dan PostgreSQL wacht voor het naar een knoop zoekt
        await mens.execute(RAAK, [noor])
    await klaar
    await bevestiger.sluit()
    assert {rij.stand async for rij in Bezorging.objects.all()} == {"bezorgd"}


@echt[0]
@echt[1]
async def test_ook_de_veger_en_de_cijfers_wijken_voor_een_mens(werker, noor):
    zaaksysteem = await maak_abonnement("https://zaken.waterveen.nl/")
    voorbij = timezone.now() - dt.timedelta(minutes=1)
    pauze = {"status": "gepauzeerd", "gepauzeerd_tot": voorbij, "bevestigde_url": ""}
    await Abonnement.objects.aupdate(**pauze)
    werker.cijfers.tel("pogingen", zaaksysteem.pk, "204")
    slot = "lock table webhooks_teller, webhooks_abonnement in share row exclusive mode"
    async with await psycopg.AsyncConnection.connect(**connector_params("default")) as mens:
        await mens.execute(slot)
        klaar = asyncio.gather(
            hervat_vanzelf(werker.pool),
            noteer_veeg(werker.pool, vergeten=1),
            werker.cijfers.schrijf(werker.pool),
        )
        await asyncio.sleep(0.9)  # twee keer zo lang als de pomp op een slot wacht
    await klaar
    assert {rij.naam async for rij in Teller.objects.all()} == {"pogingen", "veeg", "veeg_vond"}
    assert (await Abonnement.objects.aget()).status == "actief"


@pytest.fixture
def zaaksysteem(echte_transacties):
    return abonnement("https://zaken.waterveen.nl/")


@pytest.fixture
def naast_mij():
    """Een mens in een eigen draad, met een eigen verbinding."""
    with ThreadPoolExecutor(1, initializer=close_old_connections) as draad:
        yield draad
        draad.submit(connections.close_all).result()


def wacht_tot_iemand_wacht(verbinding):
    """Tot een ander wacht op een slot dat deze verbinding vasthoudt."""
    vraag = (
        "select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
    )
    for _ in range(500):
        if verbinding.execute(vraag).fetchone() is not None:
            return
        verbinding.execute("select pg_sleep(0.02)")
    pytest.fail("niemand wacht")


def lees(klant):
    """Een regel in het logboek, zoals bij elke vraag aan de API."""
    gebruik = Gebruik(activiteit=Activiteit.VERSTREKKEN, naam="Verstrekt")
    with transaction.atomic():
        leg_gebruik_vast(
            [klant], gebruik=gebruik, door=Gebruiker(organisatie=WATERVEEN), op=timezone.now()
        )


@contextmanager
def haast():
    """Wie hierin langer dan een tiende seconde op een slot wacht, faalt."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '100ms'")
        yield


def test_een_baan_die_op_slot_is_houdt_alleen_haar_eigen_klant_op(zaaksysteem, naast_mij):
    noor = wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant
    with psycopg.connect(**connector_params("default")) as beheer:
        beheer.execute(f"{BANEN_VAN} for update", [noor])
        opnieuw = naast_mij.submit(wijzig_naam, noor, naam=NieuweNaam("Nora"), **gang(gezien=1))
        wacht_tot_iemand_wacht(beheer)
        with haast():
            omar = wijzig_naam(None, naam=NieuweNaam("Omar"), **gang(OMAR)).klant
            lees(omar)
    assert opnieuw.result(timeout=10).versie == 2
    assert Logregel.objects.count() == 4


def test_een_handeling_over_twee_klanten_wacht_zonder_het_logboek_vast_te_houden(
    zaaksysteem, naast_mij, noor, omar
):
    for wie in (noor, omar):
        gebeurtenis(wie, 1)

    def handel():
        with constraint_als_regel():
            for wie in (omar, noor):
                volg_op(vastgelegd(wie, 2))

    with psycopg.connect(**connector_params("default")) as bevestiger:
        bevestiger.execute(f"{BANEN_VAN} for update", [noor])
        beide = naast_mij.submit(handel)
        wacht_tot_iemand_wacht(bevestiger)
        with haast():
            lees(omar)
        bevestiger.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):  # de bevestiger wijkt, de mens niet
            bevestiger.execute(f"{BANEN_VAN} for update", [omar])
        bevestiger.rollback()
        beide.result(timeout=10)
    assert Bezorging.objects.count() == 4
    assert Logregel.objects.count() == 5


def test_van_een_deel_dat_mislukt_komt_geen_regel_in_het_logboek(zaaksysteem, noor, omar):
    with constraint_als_regel():
        with suppress(EvenBezet), constraint_als_regel():
            volg_op(vastgelegd(noor, 1))
            raise EvenBezet
        volg_op(vastgelegd(omar, 1))
        assert not Logregel.objects.exists()
    assert (Bezorging.objects.count(), Logregel.objects.count()) == (1, 1)
    assert controleer() == []
