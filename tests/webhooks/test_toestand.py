"""Wat meteen gezegd wordt: een adres waar wij niet heen mogen, geen plaats meer, een poging."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.logregels import JsonRegel
from portal.webhooks import alarm, cijfers, toestand
from portal.webhooks.models import Abonnement, Baan, Bezorging
from portal.webhooks.pomp.hek import pomp_achter_hek
from portal.webhooks.wacht import TAAK
from tests.webhooks.conftest import maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]
bevindingen = sync_to_async(toestand.bevindingen)


def gelogd(caplog, bericht):
    """The lines with this text, as a collector of log lines gets them."""
    regels = [r for r in caplog.records if r.getMessage() == bericht]
    return [json.loads(JsonRegel().format(regel)) for regel in regels]


async def gewekt():
    """How often the watch was woken and has not come yet; her hour (17 past) has its own moment."""
    wekker = ProcrastinateJob.objects.filter(task_name=TAAK, args={"timestamp": 0})
    return await wekker.acount()


async def test_een_adres_waar_wij_niet_heen_mogen_is_meteen_een_alarm(
    werker, gemeente, noor, settings, mailoutbox, caplog
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    toegestaan, settings.WEBHOOKS_DEMO_ONTVANGERS = settings.WEBHOOKS_DEMO_ONTVANGERS, []
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    (regel,) = gelogd(caplog, "webhook.adres_geweigerd")
    assert (regel["niveau"], regel["abonnement"]) == ("ERROR", zaaksysteem.pk)
    assert await gewekt() == 1

    await sync_to_async(alarm.waarschuw_beheer)()
    (mail,) = mailoutbox
    assert f"abonnement {zaaksysteem.pk} wijst naar een adres waar wij niet heen mogen" in mail.body
    assert gemeente.url not in mail.body

    settings.WEBHOOKS_DEMO_ONTVANGERS = toegestaan
    await Baan.objects.aupdate(opnieuw_op=timezone.now())
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert await bevindingen(timezone.now()) == {}


async def test_een_ontvanger_die_te_laat_antwoordt_is_geen_alarm_over_zijn_adres(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url, wachttijd=1)
    gemeente.gedrag["/webhook"] = "hang"
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert (await Abonnement.objects.aget()).mislukt_achtereen == 1
    assert (await gewekt(), await bevindingen(timezone.now())) == (0, {})


@pytest.mark.parametrize(("plaatsen", "vol"), [(3, True), (4, False)])
async def test_hangende_ontvangers_die_elke_plaats_bezetten_zijn_een_alarm(
    werker, gemeente, noor, settings, mailoutbox, caplog, plaatsen, vol
):
    """Trap 13, and the watch does get a place: hers comes before the next pump."""
    gemeente.gedrag["/webhook"] = "hang"
    for nummer in range(3):
        zaaksysteem = await maak_abonnement(gemeente.url, naam=f"hangt {nummer}", wachttijd=1)
        taak = app.configure_task("webhooks.pomp", queue="webhooks")
        await taak.defer_async(abonnement=zaaksysteem.pk)
    await maak_gebeurtenis(noor, 1)
    with app.replace_connector(app.connector.get_worker_connector()) as echt:
        async with echt.open_async():
            await echt.run_worker_async(
                queues=["webhooks"],
                concurrency=plaatsen,
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
            )
    regels = gelogd(caplog, "webhook.plaatsen_vol")
    assert [regel["plaatsen"] for regel in regels] == ([plaatsen] if vol else [])
    assert await gewekt() == int(vol)

    await sync_to_async(alarm.waarschuw_beheer)()
    assert ["plaatsen van een werker" in mail.body for mail in mailoutbox] == [True] * vol
    gemeten = await sync_to_async(lambda: list(cijfers.WebhookCijfers().collect()))()
    waarden = [m.samples[0].value for m in gemeten if m.name == "webhooks_plaatsen_vol"]
    assert waarden == [1.0] * vol


async def test_een_mislukte_poging_is_een_regel_met_velden_en_zonder_adres(
    werker, gemeente, noor, caplog
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    gemeente.gedrag["/webhook"] = "500"
    await maak_gebeurtenis(noor, 1)
    with caplog.at_level("INFO", "portal.webhooks"):
        await pomp_achter_hek(werker, zaaksysteem.pk)
    (poging,) = gelogd(caplog, "webhook.poging")
    bezorging = await Bezorging.objects.aget()
    velden = {
        naam: poging[naam] for naam in ("abonnement", "bezorging", "poging", "status", "fout")
    }
    assert velden == {
        "abonnement": zaaksysteem.pk,
        "bezorging": bezorging.pk,
        "poging": 1,
        "status": 500,
        "fout": "",
    }
    assert poging["duur_ms"] >= 0
    assert not {gemeente.url, str(noor)} & set(map(str, poging.values()))
    (pomp,) = gelogd(caplog, "webhook.pomp")
    assert (pomp["abonnement"], pomp["bezorgd"]) == (zaaksysteem.pk, 0)
