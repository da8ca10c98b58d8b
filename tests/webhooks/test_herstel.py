"""Overslaan en herhalen: nooit naast een pomp, en de ontvanger kan het verschil zien."""

import asyncio
import datetime as dt
import json

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import timezone

from portal.webhooks import herstel
from portal.webhooks.beheer import MagNietNu
from portal.webhooks.herstel import NuBezig, herhaal_een, herhaal_onderwerp, herhaal_sinds, sla_over
from portal.webhooks.inzage import doorgegeven
from portal.webhooks.models import Baan, Beheerhandeling, Bezorging
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.webhooks.conftest import door, maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]


def aangekomen(gemeente):
    return [json.loads(regel["inhoud"]) for regel in reversed(gemeente.ontvangen)]


def _sla_over_los(nummer, onderwerp):
    try:
        return sla_over(nummer, onderwerp, door=door())
    finally:
        connections.close_all()


async def test_na_overslaan_gaat_de_baan_verder_en_hoort_de_ontvanger_welk_nummer(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in (1, 2, 3):
        await maak_gebeurtenis(noor, versie)
    await sync_to_async(sla_over)(zaaksysteem.pk, noor, door=door("kan niet verwerkt worden"))
    await pomp_achter_hek(werker, zaaksysteem.pk)

    berichten = aangekomen(gemeente)
    assert [int(b["sequence"]) for b in berichten] == [2, 3, 4]
    assert berichten[-1]["type"] == "nl.klanten.bericht-overgeslagen"
    assert berichten[-1]["data"]["overgeslagen"] == ["0000000001"]
    baan = await Baan.objects.aget()
    assert (baan.openstaand, baan.volgend_nummer) == (0, 5)


async def test_een_melding_van_overslaan_is_bij_elke_poging_hetzelfde(werker, gemeente, noor):
    zaaksysteem = await maak_abonnement(gemeente.url, wachttijd=1)
    await maak_gebeurtenis(noor, 1)
    await sync_to_async(sla_over)(zaaksysteem.pk, noor, door=door())
    gemeente.gedrag["/webhook"] = "liegt"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    gemeente.gedrag["/webhook"] = "goed"
    await Baan.objects.aupdate(opnieuw_op=timezone.now())
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert len(gemeente.ontvangen) >= 2
    assert len({regel["inhoud"] for regel in gemeente.ontvangen}) == 1


async def test_herhalen_stuurt_hetzelfde_met_een_kenmerk_voor_wat_nieuwer_is(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for versie in (1, 2):
        await maak_gebeurtenis(noor, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    eerst = aangekomen(gemeente)
    gemeente.ontvangen.clear()
    await maak_gebeurtenis(noor, 3)
    assert await sync_to_async(herhaal_onderwerp)(zaaksysteem.pk, noor, door=door()) == 2
    await pomp_achter_hek(werker, zaaksysteem.pk)
    opnieuw = aangekomen(gemeente)
    assert opnieuw[:2] == eerst
    assert [int(b["sequence"]) for b in opnieuw] == [1, 2, 3]
    assert [r["herhaling"] for r in reversed(gemeente.ontvangen)] == ["true", "true", ""]


async def test_een_bericht_herhalen_stuurt_alleen_dat_met_zijn_eigen_nummer(
    werker, gemeente, noor, omar
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for onderwerp, versie in ((noor, 1), (noor, 2), (noor, 3), (omar, 1), (omar, 2)):
        await maak_gebeurtenis(onderwerp, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    [eerst] = [
        regel for regel in gemeente.ontvangen
        if json.loads(regel["inhoud"])["sequence"].endswith("2") and str(noor) in regel["inhoud"]
    ]  # fmt: skip
    gemeente.ontvangen.clear()
    bericht = await sync_to_async(herhaal_een)(zaaksysteem.pk, noor, 2, door=door("kwijt"))
    await pomp_achter_hek(werker, zaaksysteem.pk)
    [opnieuw] = gemeente.ontvangen
    assert (opnieuw["inhoud"], opnieuw["herhaling"]) == (eerst["inhoud"], "true")
    handeling = await Beheerhandeling.objects.alatest("pk")
    assert (handeling.soort, handeling.bezorging_id) == ("herhaald", bericht.pk)
    assert (handeling.onderwerp, handeling.reden) == (noor, "kwijt")


async def test_wat_niet_bezorgd_is_kan_niet_nog_eens_en_laat_geen_handeling_na(
    werker, gemeente, noor, omar
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    await maak_gebeurtenis(noor, 2)
    handelingen = await Beheerhandeling.objects.acount()
    for onderwerp, nummer in ((noor, 2), (noor, 3), (omar, 1)):
        with pytest.raises(MagNietNu):
            await sync_to_async(herhaal_een)(zaaksysteem.pk, onderwerp, nummer, door=door())
    lang_geleden = timezone.now() - dt.timedelta(days=31)
    await Bezorging.objects.filter(volgnummer=1).aupdate(afgehandeld_op=lang_geleden)
    with pytest.raises(MagNietNu):
        await sync_to_async(herhaal_een)(zaaksysteem.pk, noor, 1, door=door())
    assert await Beheerhandeling.objects.acount() == handelingen
    assert (await Baan.objects.aget()).openstaand == 1


async def test_een_bericht_herhalen_wacht_ook_op_het_hek(werker, gemeente, noor, monkeypatch):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    monkeypatch.setattr(herstel, "GEDULD_MS", 100)
    assert await werker.slot.neem(zaaksysteem.pk)
    with pytest.raises(NuBezig):
        await sync_to_async(herhaal_een)(zaaksysteem.pk, noor, 1, door=door())
    await werker.slot.geef_terug(zaaksysteem.pk)
    assert (await Bezorging.objects.aget()).stand == "bezorgd"


async def test_herhalen_begint_ook_in_een_uitgeputte_baan_met_een_schone_lei(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    lang_geleden = timezone.now() - dt.timedelta(days=15)
    await Baan.objects.aupdate(
        uitgeput=True, fouten=9, geblokkeerd_sinds=lang_geleden, laatste_fout="400"
    )
    await sync_to_async(herhaal_onderwerp)(zaaksysteem.pk, noor, door=door())
    baan = await Baan.objects.aget()
    stand = (baan.uitgeput, baan.fouten, baan.geblokkeerd_sinds, baan.laatste_fout)
    assert stand == (False, 0, None, "")


async def test_herhalen_kan_tot_dertig_dagen_terug(werker, gemeente, noor):
    zaaksysteem = await maak_abonnement(gemeente.url)
    lang_geleden = timezone.now() - dt.timedelta(days=31)
    with pytest.raises(MagNietNu):
        await sync_to_async(herhaal_sinds)(zaaksysteem.pk, lang_geleden, door=door())
    with pytest.raises(MagNietNu):
        await sync_to_async(sla_over)(zaaksysteem.pk, noor, door=door())


async def test_overslaan_wacht_tot_de_pomp_ruimte_maakt(werker, gemeente, noor, omar):
    zaaksysteem = await maak_abonnement(gemeente.url, gelijktijdig=1)
    gemeente.gedrag["/webhook"] = "langzaam"
    for versie in range(1, 6):
        await maak_gebeurtenis(noor, versie)
    pomp = asyncio.create_task(pomp_achter_hek(werker, zaaksysteem.pk))
    await asyncio.sleep(0.3)
    kop = await asyncio.to_thread(_sla_over_los, zaaksysteem.pk, noor)
    await pomp
    gemeente.gedrag["/webhook"] = "goed"
    await pomp_achter_hek(werker, zaaksysteem.pk)
    nummers = [int(b["sequence"]) for b in aangekomen(gemeente)]
    assert kop.volgnummer not in nummers
    assert nummers == sorted(set(range(1, 7)) - {kop.volgnummer})


async def test_wie_het_hek_niet_krijgt_hoort_dat(werker, gemeente, noor, monkeypatch):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    monkeypatch.setattr(herstel, "GEDULD_MS", 100)
    assert await werker.slot.neem(zaaksysteem.pk)
    with pytest.raises(NuBezig):
        await sync_to_async(sla_over)(zaaksysteem.pk, noor, door=door())
    await werker.slot.geef_terug(zaaksysteem.pk)
    assert (await Bezorging.objects.aget()).stand == "open"


async def test_de_klant_ziet_aan_wie_is_doorgegeven(werker, gemeente, noor, omar):
    zaaksysteem = await maak_abonnement(gemeente.url, naam="Zaaksysteem")
    await maak_gebeurtenis(noor, 1)
    await maak_gebeurtenis(omar, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    await maak_gebeurtenis(noor, 2)
    tweede, eerste = await sync_to_async(doorgegeven)(noor)
    assert (eerste.ontvanger, eerste.versie, tweede.versie) == ("Zaaksysteem", 1, 2)
    assert eerste.bezorgd_op is not None
    assert tweede.bezorgd_op is None
