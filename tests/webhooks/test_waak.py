"""De databank en de klok: wie beheert hoort het voor de bezorging er last van heeft."""

import datetime as dt

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from portal.webhooks import alarm, waak

pytestmark = pytest.mark.django_db(transaction=True)


def test_een_gezonde_databank_geeft_geen_bevinding(mailoutbox):
    alarm.waarschuw_voor_de_databank(timezone.now())
    assert (waak.bevindingen(timezone.now()), mailoutbox) == ([], [])


@pytest.mark.parametrize(("seconden", "aantal"), [(3, 0), (600, 1), (-600, 1)])
def test_een_klok_die_meer_dan_vijf_seconden_scheelt_is_een_alarm(mailoutbox, seconden, aantal):
    alarm.waarschuw_voor_de_databank(timezone.now() + dt.timedelta(seconds=seconden))
    assert len(mailoutbox) == aantal
    assert all("de klok van de databank" in mail.body for mail in mailoutbox)


def test_een_transactie_die_open_blijft_staan(monkeypatch):
    monkeypatch.setattr(waak, "TE_LANG", dt.timedelta(0))
    with psycopg.connect(**connector_params("default")) as vergeten:
        vergeten.execute("select 1")
        assert any("staan langer" in zin for zin in waak.bevindingen(timezone.now()))


def test_een_slot_dat_niemand_leest():
    with connection.cursor() as cursor:
        cursor.execute("select pg_create_physical_replication_slot('vergeten')")
        try:
            (zin,) = waak.bevindingen(timezone.now())
        finally:
            cursor.execute("select pg_drop_replication_slot('vergeten')")
    assert zin.startswith("1 replicatieslots")


def test_een_horizon_die_achterblijft(monkeypatch):
    monkeypatch.setattr(waak, "TE_OUD", -1)
    (zin,) = waak.bevindingen(timezone.now())
    assert "oudste nog zichtbare transactie" in zin
