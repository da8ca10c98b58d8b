"""Een taak die mislukt blijft niet onopgemerkt, ook al wordt haar rij weggehaald."""

import asyncio
import datetime as dt

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.klanten.handelingen import opruimen
from portal.webhooks import alarm, taken
from portal.webhooks.models import Teller

NACHT = 1_795_168_800
"""A moment of our own: the worker itself defers what its clock says, such as 03:17."""


@pytest.fixture(autouse=True)
def _na_elke_taak_dicht(monkeypatch):
    """De draden van de werker leven korter dan hun verbinding anders zou."""
    monkeypatch.setitem(connections.databases["default"], "CONN_MAX_AGE", 0)


def draai(*namen):
    """Laat een echte werker deze taken één keer doen."""

    async def doe():
        with app.replace_connector(app.connector.get_worker_connector()) as echt:
            async with echt.open_async():
                await echt.run_worker_async(
                    queues=["proef"], wait=False, listen_notify=False, install_signal_handlers=False
                )
        await sync_to_async(connections.close_all)()

    for naam in namen:
        app.configure_task(naam, queue="proef").defer(timestamp=NACHT)
    asyncio.run(doe())


def stuk(**nacht):
    raise ZeroDivisionError("over Noor, 999990019")


def test_een_mislukte_nacht_staat_in_het_log_in_de_mail_en_in_de_cijfers(
    echte_transacties, monkeypatch, mailoutbox, caplog
):
    monkeypatch.setattr(opruimen, "ruim_interacties_op", stuk)
    draai("klanten.ruim_op")
    assert not ProcrastinateJob.objects.filter(args={"timestamp": NACHT}).exists()
    regels = {record.getMessage(): record for record in caplog.records}
    assert (regels["stap.mislukt"].stap, regels["taak.mislukt"].taak) == ("stuk", "klanten.ruim_op")
    alarm.waarschuw_beheer(timezone.now())
    (mail,) = mailoutbox
    assert "de taak klanten.ruim_op mislukte" in mail.body
    assert "999990019" not in mail.body
    assert not list(Teller.objects.filter(naam=taken.GELUKT))


def test_na_een_goede_nacht_is_het_alarm_voorbij(echte_transacties, monkeypatch, mailoutbox):
    with monkeypatch.context() as nacht:
        nacht.setattr(opruimen, "ruim_interacties_op", stuk)
        draai("klanten.ruim_op")
    assert set(taken.bevindingen(timezone.now())) == {"taak klanten.ruim_op"}
    draai("klanten.ruim_op")
    assert taken.bevindingen(timezone.now()) == {}
    (meting,) = taken.cijfers()
    (cijfer,) = meting.samples
    assert cijfer.labels == {"taak": "klanten.ruim_op"}
    assert 0 <= cijfer.value < 60


@pytest.mark.django_db
def test_een_taak_die_weer_mislukt_na_een_goede_nacht_is_weer_een_alarm():
    nu = timezone.now()
    rij = {"abonnement": None, "label": "klanten.ruim_op", "waarde": 1}
    Teller.objects.create(naam=taken.GELUKT, op=nu - dt.timedelta(days=1), **rij)
    Teller.objects.create(naam=taken.MISLUKT, op=nu, **rij)
    (bevinding,) = taken.bevindingen(nu).values()
    assert "klanten.ruim_op" in bevinding.zin
