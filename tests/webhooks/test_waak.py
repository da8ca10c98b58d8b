"""De databank en de klok: wie beheert hoort het voor de bezorging er last van heeft."""

import datetime as dt
from unittest.mock import Mock

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from portal.klanten import bevindingen
from portal.klanten.bevindingen import Bevinding
from portal.webhooks import alarm, tasks, waak

pytestmark = pytest.mark.django_db(transaction=True)


def test_een_gezonde_databank_geeft_geen_bevinding(mailoutbox):
    alarm.waarschuw_beheer(timezone.now())
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
    alarm.waarschuw_beheer(timezone.now() + dt.timedelta(seconds=seconden))
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == zinnen
    assert all("Doe: zet op beide machines NTP aan" in mail.body for mail in mailoutbox)


def test_wat_mis_blijft_komt_eens_per_dag_en_iets_nieuws_meteen(mailoutbox, monkeypatch):
    stand = {"klok": Bevinding(zin="de klok loopt achter", doe="zet hem gelijk")}
    monkeypatch.setattr(bevindingen, "_bronnen", {"proef": lambda op: stand})
    begin = timezone.now()

    def gemaild_na(uren):
        alarm.waarschuw_beheer(begin + dt.timedelta(hours=uren))
        return len(mailoutbox)

    assert [gemaild_na(uur) for uur in (0, 1, 23)] == [1, 1, 1]
    stand["slots"] = Bevinding(zin="een slot wordt niet gelezen", doe="haal het weg")
    assert [gemaild_na(uur) for uur in (23, 24, 46)] == [2, 2, 2]
    assert gemaild_na(47) == 3
    del stand["slots"]
    assert gemaild_na(48) == 3
    stand["slots"] = Bevinding(zin="weer een slot", doe="haal het weg")
    assert gemaild_na(49) == 4


def test_wat_een_keer_gezegd_is_komt_niet_elke_dag_terug(mailoutbox, monkeypatch):
    stand = {"token": Bevinding(zin="een token verloopt", doe="geef een nieuw", eens=True)}
    monkeypatch.setattr(bevindingen, "_bronnen", {"proef": lambda op: stand})
    for uur in (0, 24, 48):
        alarm.waarschuw_beheer(timezone.now() + dt.timedelta(hours=uur))
    assert [mail.body for mail in mailoutbox] == ["een token verloopt\nDoe: geef een nieuw.\n"]


def test_een_wacht_die_zelf_stuk_is_zwijgt_niet_en_houdt_de_andere_niet_op(mailoutbox, monkeypatch):
    def stuk(op):
        raise RuntimeError("met een geheim erin")

    goed = {"slots": Bevinding(zin="een slot wordt niet gelezen", doe="haal het weg")}
    monkeypatch.setattr(bevindingen, "_bronnen", {"stuk": stuk, "goed": lambda op: goed})
    alarm.waarschuw_beheer(timezone.now())
    (mail,) = mailoutbox
    assert "de wacht kan stuk niet nakijken (RuntimeError)" in mail.body
    assert "een slot wordt niet gelezen" in mail.body
    assert "geheim" not in mail.body


def test_een_mailserver_die_weg_is_maakt_het_nieuws_niet_oud(mailoutbox, monkeypatch):
    stand = {"slots": Bevinding(zin="een slot wordt niet gelezen", doe="haal het weg", eens=True)}
    monkeypatch.setattr(bevindingen, "_bronnen", {"proef": lambda op: stand})
    with monkeypatch.context() as weg:
        weg.setattr(alarm, "send_mail", Mock(side_effect=ConnectionError))
        with pytest.raises(ConnectionError):
            alarm.waarschuw_beheer(timezone.now())
    alarm.waarschuw_beheer(timezone.now())
    assert len(mailoutbox) == 1


@pytest.mark.lang
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
        assert any("staan langer" in een.zin for een in waak.bevindingen(timezone.now()).values())


def test_een_slot_dat_niemand_leest():
    with connection.cursor() as cursor:
        cursor.execute("select pg_create_physical_replication_slot('vergeten')")
        try:
            (een,) = waak.bevindingen(timezone.now()).values()
        finally:
            cursor.execute("select pg_drop_replication_slot('vergeten')")
    assert een.zin.startswith("1 replicatieslots")


def test_een_horizon_die_achterblijft(monkeypatch):
    monkeypatch.setattr(waak, "TE_OUD", -1)
    (een,) = waak.bevindingen(timezone.now()).values()
    assert "oudste nog zichtbare transactie" in een.zin


def test_bij_elke_zin_staat_wat_te_doen():
    assert set(waak.ZINNEN) <= set(waak.DOE)
