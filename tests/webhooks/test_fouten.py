"""Ontvangers die hangen, liegen, weigeren of ophouden: van wie is de fout, en wie wacht er."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from portal.webhooks.models import Abonnement, Baan, Bezorging, Poging
from portal.webhooks.pomp import hek
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]
PAD = "/webhook"


@pytest.fixture
def niet_vanzelf(monkeypatch):
    """De test bepaalt wanneer er weer gepompt wordt; onthoudt waarvoor gewekt zou worden."""
    gewekt = []

    async def noteer(abonnement, op=None):
        gewekt.append(op)

    monkeypatch.setattr(hek, "wek_pomp", noteer)
    return gewekt


async def nu_aan_de_beurt(zaaksysteem):
    """De wachttijd is om."""
    await Baan.objects.filter(abonnement=zaaksysteem).aupdate(opnieuw_op=timezone.now())
    await Abonnement.objects.filter(pk=zaaksysteem.pk).aupdate(onderbroken_tot=None)


def gelijk(gemeente):
    """De inhoud van elke aankomst, oudste eerst."""
    return [(regel["id"], regel["inhoud"]) for regel in reversed(gemeente.ontvangen)]


@pytest.mark.parametrize(
    ("gedrag", "foutsoort", "status"),
    [
        ("hang", "te-laat", None),
        ("hang-in-antwoord", "te-laat", None),
        ("druppel", "te-laat", None),
        ("200-te-laat", "te-laat", None),
        ("liegt", "afgebroken", None),
        ("500", "", 500),
        ("door", "", 302),
        ("408", "", 408),
    ],
)
async def test_een_slechte_ontvanger_krijgt_het_later_nog_eens_byte_voor_byte(
    werker, gemeente, noor, niet_vanzelf, gedrag, foutsoort, status
):
    zaaksysteem = await maak_abonnement(gemeente.url, wachttijd=1)
    await maak_gebeurtenis(noor, 1)
    gemeente.gedrag[PAD] = gedrag
    await pomp_achter_hek(werker, zaaksysteem.pk)
    poging = await Poging.objects.aget()
    assert (poging.foutsoort, poging.status) == (foutsoort, status)
    assert (await Bezorging.objects.aget()).stand == "open"

    gemeente.gedrag[PAD] = "goed"
    await nu_aan_de_beurt(zaaksysteem)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Bezorging.objects.aget()).stand == "bezorgd"
    assert len(set(gelijk(gemeente))) == 1


async def test_een_antwoord_van_tien_megabyte_telt_en_wordt_niet_gelezen(
    werker, gemeente, noor, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    gemeente.gedrag[PAD] = "groot"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Bezorging.objects.aget()).stand == "bezorgd"
    assert len((await Poging.objects.aget()).antwoord) == 1000


async def test_niemand_luistert(werker, gemeente, noor, niet_vanzelf, settings, unused_tcp_port):
    url = f"http://127.0.0.1:{unused_tcp_port}"
    settings.WEBHOOKS_DEMO_ONTVANGERS = [url]
    zaaksysteem = await maak_abonnement(f"{url}/x")
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Poging.objects.aget()).foutsoort == "geweigerd"


async def test_een_onbekende_naam_is_een_storing_en_nooit_het_einde(
    werker, gemeente, noor, niet_vanzelf
):
    zaaksysteem = await maak_abonnement("https://bestaat-niet.invalid/webhook")
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    rij = await Abonnement.objects.aget()
    assert (rij.status, rij.mislukt_achtereen) == ("actief", 1)
    assert (await Poging.objects.aget()).foutsoort == "naam-onbekend"


async def test_410_zet_het_abonnement_uit_en_bewaart_alles(werker, gemeente, noor, niet_vanzelf):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    gemeente.gedrag[PAD] = "410"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    await maak_gebeurtenis(noor, 2)
    assert (await Abonnement.objects.aget()).status == "uitgezet"
    assert await Bezorging.objects.filter(stand="open").acount() == 2


async def test_een_geweigerd_bericht_houdt_alleen_zijn_eigen_klant_op(
    werker, gemeente, noor, omar, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    gemeente.per_onderwerp[str(noor)] = "422"
    for versie in (1, 2):
        await maak_gebeurtenis(noor, versie)
        await maak_gebeurtenis(omar, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    standen = {b.onderwerp: b async for b in Baan.objects.all()}
    assert (standen[noor].openstaand, standen[omar].openstaand) == (2, 0)
    assert (standen[noor].fouten, standen[noor].laatste_fout) == (1, "422")
    assert standen[noor].geblokkeerd_sinds is not None
    assert (await Abonnement.objects.aget()).mislukt_achtereen == 0


async def test_na_veertien_dagen_weigeren_probeert_niemand_het_meer_vanzelf(
    werker, gemeente, noor, omar, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    gemeente.per_onderwerp[str(noor)] = "422"
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    eerder = timezone.now() - dt.timedelta(days=14, hours=1)
    await Baan.objects.aupdate(geblokkeerd_sinds=eerder)
    await nu_aan_de_beurt(zaaksysteem)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Baan.objects.aget()).uitgeput
    await nu_aan_de_beurt(zaaksysteem)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert await Poging.objects.acount() == 2
    assert (await Bezorging.objects.aget()).stand == "open"


async def test_vijf_banen_geweigerd_op_rij_is_toch_een_storing(werker, gemeente, niet_vanzelf):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=1)
    gemeente.gedrag[PAD] = "401"
    for klant in range(8):
        await maak_gebeurtenis(uuid.UUID(int=klant), 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    rij = await Abonnement.objects.aget()
    assert rij.mislukt_achtereen == 5
    assert rij.onderbroken_tot > timezone.now() - dt.timedelta(seconds=5)
    assert await Poging.objects.acount() == 5


@pytest.mark.parametrize("gelijktijdig", [1, 10])
async def test_geweigerde_klanten_tussen_gelukte_houden_alleen_zichzelf_op(
    werker, gemeente, niet_vanzelf, gelijktijdig
):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=gelijktijdig)
    klanten = [uuid.UUID(int=nummer) for nummer in range(60)]
    geweigerd = klanten[5::10]
    gemeente.per_onderwerp |= {str(klant): "422" for klant in geweigerd}
    for klant in klanten:
        await maak_gebeurtenis(klant, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    rij = await Abonnement.objects.aget()
    assert (rij.mislukt_achtereen, rij.onderbroken_tot) == (0, None)
    assert await Bezorging.objects.filter(stand="bezorgd").acount() == 54
    wachtend = Baan.objects.filter(openstaand__gt=0).values_list("onderwerp", flat=True)
    assert {klant async for klant in wachtend} == set(geweigerd)


async def test_weigeringen_zonder_succes_tellen_door_over_een_nieuwe_pomp(
    werker, gemeente, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=1)
    await maak_gebeurtenis(uuid.UUID(int=0), 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    gemeente.gedrag[PAD] = "403"
    achtereen = []
    for groep in (range(1, 4), range(4, 9)):
        for klant in groep:
            await maak_gebeurtenis(uuid.UUID(int=klant), 1)
        await pomp_achter_hek(werker, zaaksysteem.pk)
        achtereen.append((await Abonnement.objects.aget()).mislukt_achtereen)
    assert achtereen == [0, 5]
    assert await Poging.objects.acount() == 1 + 5


async def test_de_onderbreker_opent_na_vijf_storingen_proeft_met_een_en_sluit_bij_succes(
    werker, gemeente, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=1)
    for klant in range(9):
        await maak_gebeurtenis(uuid.UUID(int=klant), 1)
    gemeente.gedrag[PAD] = "500"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert await Poging.objects.acount() == 5

    await nu_aan_de_beurt(zaaksysteem)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert await Poging.objects.acount() == 6
    assert (await Abonnement.objects.aget()).mislukt_achtereen == 6

    gemeente.gedrag[PAD] = "goed"
    await nu_aan_de_beurt(zaaksysteem)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    rij = await Abonnement.objects.aget()
    assert (rij.mislukt_achtereen, rij.mislukt_sinds, rij.onderbroken_tot) == (0, None, None)
    assert await Bezorging.objects.filter(stand="open").acount() == 0


async def test_een_open_onderbreker_laat_zijn_pomp_niet_eens_beginnen(
    werker, gemeente, noor, niet_vanzelf
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    straks = timezone.now() + dt.timedelta(minutes=5)
    await Abonnement.objects.aupdate(onderbroken_tot=straks, mislukt_achtereen=5)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert not gemeente.ontvangen
    assert niet_vanzelf == [straks]


async def test_retry_after_wordt_nageleefd(werker, gemeente, noor, omar, niet_vanzelf):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=1)
    await maak_gebeurtenis(noor, 1)
    await maak_gebeurtenis(omar, 1)
    gemeente.gedrag[PAD] = "429:120"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    rij = await Abonnement.objects.aget()
    rust = rij.onderbroken_tot - timezone.now()
    assert dt.timedelta(seconds=110) < rust <= dt.timedelta(seconds=120)
    assert await Poging.objects.acount() == 1


async def test_het_tempo_van_de_ontvanger_wordt_nageleefd(werker, gemeente, niet_vanzelf):
    zaaksysteem = await maak_abonnement(gemeente.url, per_minuut=120)
    for klant in range(4):
        await maak_gebeurtenis(uuid.UUID(int=klant), 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    momenten = [regel["op"] for regel in reversed(gemeente.ontvangen)]
    assert len(momenten) == 4
    assert momenten[-1] - momenten[0] > 1.3  # drie keer een halve seconde


async def test_een_gepauzeerd_abonnement_wordt_niet_gebeld(werker, gemeente, noor, niet_vanzelf):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await Abonnement.objects.aupdate(status="gepauzeerd")
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert not gemeente.ontvangen
    assert niet_vanzelf == []
