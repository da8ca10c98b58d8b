"""`kill -9` op willekeurige momenten: niets kwijt, niets verzonnen, alles op volgorde."""

import signal
import time

import pytest

from portal.webhooks.pomp.tijden import BUDGET
from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import nemesis, op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(180)]
HERVAT = 6.0
"""Twice the sweep."""


def test_24_keer_kill_9_van_werkers_en_schrijvers(opstelling):
    opstelling.ontvanger("grillig")
    opstelling.abonnement(*(f"/webhook/{nummer}" for nummer in range(10)), wachttijd=2)
    werkers = [opstelling.werker(), opstelling.werker()]
    schrijvers = [opstelling.schrijver(naam, "--pauze", "0") for naam in "ab"]
    opstelling.bewaak(2)

    nemesis(opstelling, werkers, schrijvers, aantal=24, zaad=20261120)
    einde = time.monotonic() + 30
    while len(regels(opstelling.ontvangst)) < 1000 and time.monotonic() < einde:
        opstelling.bewaak(0.2)
    for schrijver in schrijvers:
        schrijver.stop()
    opstelling.wacht_tot_leeg(30)

    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert verslag.fouten == {}
    assert verslag.langste_stilte < op_deze_machine(HERVAT)
    # De test zelf leeft: er was werk, er vielen er om, en dat was aan herhalingen te zien.
    assert verslag.ontvangen >= 1000
    assert verslag.herhaald > 0
    assert sum(p.gestart for p in werkers + schrijvers) >= 24


def test_een_schrijver_die_in_zijn_transactie_sterft_liet_niets_achter(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een")
    opstelling.werker()
    schrijver = opstelling.schrijver("a", "--sterf", "in-transactie", "--na", "5", herstart=False)
    schrijver.wacht_op_einde()
    opstelling.wacht_tot_leeg()
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert verslag.fouten == {}
    assert (verslag.toegezegd, verslag.ontvangen) == (4, 4)


def test_sterven_tussen_commit_en_wekken_kost_een_veeg_en_geen_bericht(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een")
    opstelling.werker()
    wacht(lambda: opstelling.vraag("select 1 from webhooks_teller where naam = 'veeg'"), 30, "veeg")
    schrijver = opstelling.schrijver("a", "--sterf", "na-commit", "--na", "1", herstart=False)
    schrijver.wacht_op_einde()
    duur = wacht(
        lambda: len(regels(opstelling.ontvangst)) == 1,
        op_deze_machine(HERVAT),
        "het bericht komt aan",
    )
    assert duur < op_deze_machine(HERVAT)
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert (verslag.fouten, verslag.toegezegd, verslag.ontvangen) == ({}, 0, 1)


def test_een_werker_die_moet_stoppen_maakt_af_wat_onderweg_is(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een")
    opstelling.gedrag("/webhook/een", "langzaam")
    werker = opstelling.werker()
    schrijver = opstelling.schrijver("a")
    wacht(lambda: len(regels(opstelling.ontvangst)) >= 5, 30, "er komt iets aan")
    begin = time.monotonic()
    werker.stop(signal.SIGTERM)
    assert time.monotonic() - begin < min(op_deze_machine(5), BUDGET * 0.75)
    schrijver.stop()
    opstelling.gedrag("/webhook/een", "goed")
    opstelling.werker()
    opstelling.wacht_tot_leeg()
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert (verslag.fouten, verslag.herhaald) == ({}, 0)
