"""De databank en de klok: wie beheert hoort het voor de bezorging er last van heeft."""

import datetime as dt

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from portal.webhooks import alarm, tasks, waak

pytestmark = pytest.mark.django_db(transaction=True)


def test_een_gezonde_databank_geeft_geen_bevinding(mailoutbox):
    alarm.waarschuw_voor_de_databank(timezone.now())
    assert (waak.bevindingen(timezone.now()), mailoutbox) == ({}, [])


@pytest.mark.parametrize(
    ("seconden", "zinnen"),
    [
        (3, []),
        (600, ["de klok van de databank loopt 600 s achter op die van de werker"]),
        (-600, ["de klok van de databank loopt 600 s voor op die van de werker"]),
    ],
)
def test_een_klok_die_meer_dan_vijf_seconden_scheelt_is_een_alarm(mailoutbox, seconden, zinnen):
    alarm.waarschuw_voor_de_databank(timezone.now() + dt.timedelta(seconds=seconden))
    assert [mail.body for mail in mailoutbox] == zinnen


def test_wat_mis_blijft_komt_eens_per_dag_en_iets_nieuws_meteen(mailoutbox, monkeypatch):
    stand = {"klok": "de klok loopt achter"}
    monkeypatch.setattr(alarm, "bevindingen", lambda op: stand)
    begin = timezone.now()

    def gemaild_na(uren):
        alarm.waarschuw_voor_de_databank(begin + dt.timedelta(hours=uren))
        return len(mailoutbox)

    assert [gemaild_na(uur) for uur in (0, 1, 23)] == [1, 1, 1]
    stand["slots"] = "een slot wordt niet gelezen"
    assert [gemaild_na(uur) for uur in (23, 24, 46)] == [2, 2, 2]
    assert gemaild_na(47) == 3
    del stand["slots"]
    assert gemaild_na(48) == 3
    stand["slots"] = "weer een slot"
    assert gemaild_na(49) == 4


def test_post_die_lang_duurt_is_geen_klok_die_scheelt(mailoutbox, monkeypatch):
    monkeypatch.setattr(waak, "KLOK_SCHEELT", dt.timedelta(seconds=1))

    def trage_post(op):
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(1.2)")

    monkeypatch.setattr(alarm, "waarschuw", trage_post)
    tasks.waarschuw(0)
    assert mailoutbox == []


def test_een_transactie_die_open_blijft_staan(monkeypatch):
    monkeypatch.setattr(waak, "TE_LANG", dt.timedelta(0))
    with psycopg.connect(**connector_params("default")) as vergeten:
        vergeten.execute("select 1")
        assert any("staan langer" in zin for zin in waak.bevindingen(timezone.now()).values())


def test_een_slot_dat_niemand_leest():
    with connection.cursor() as cursor:
        cursor.execute("select pg_create_physical_replication_slot('vergeten')")
        try:
            (zin,) = waak.bevindingen(timezone.now()).values()
        finally:
            cursor.execute("select pg_drop_replication_slot('vergeten')")
    assert zin.startswith("1 replicatieslots")


def test_een_horizon_die_achterblijft(monkeypatch):
    monkeypatch.setattr(waak, "TE_OUD", -1)
    (zin,) = waak.bevindingen(timezone.now()).values()
    assert "oudste nog zichtbare transactie" in zin
