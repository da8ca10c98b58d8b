"""Wijzigen net als een pomp ophoudt: wie wekt is op tijd, en de veger vindt niets."""

import json
import statistics

import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.fouten import TREUZEL
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
PADEN = [f"/webhook/{nummer}" for nummer in range(5)]
WIJZIGINGEN = 10
SPELING = 0.1
VEEG = 3.0
GEBEURD = "select id::text, extract(epoch from gebeurd_op)::float from klanten_gebeurtenis"
WERKERS = "select count(*) from procrastinate_workers"
GETELD = "select coalesce(sum(waarde), 0)::int from webhooks_teller where naam = %s"


def test_een_wijziging_net_als_een_pomp_ophoudt_wacht_niet_op_de_veger(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement(*PADEN)
    for _ in range(2):
        opstelling.werker("traag-hek")
    wacht(lambda: opstelling.vraag(WERKERS) == [(2,)], 30, "twee werkers wachten op werk")
    net_dan = ["--pauze", str(TREUZEL), "--speling", str(SPELING)]
    schrijver = opstelling.schrijver("a", "--klanten", "5", *net_dan)
    wacht(lambda: len(regels(opstelling.toezeggingen[0])) >= WIJZIGINGEN, 80, "er is gewijzigd")
    schrijver.stop()
    opstelling.wacht_tot_leeg()
    wacht(lambda: opstelling.vraag(GETELD, "veeg") > [(1,)], 20, "er is twee keer geveegd")

    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert (verslag.fouten, verslag.herhaald) == ({}, 0)
    gebeurd = dict(opstelling.vraag(GEBEURD))
    duren = [
        regel["op"] - gebeurd[json.loads(regel["inhoud"])["id"]]
        for regel in regels(opstelling.ontvangst)
    ]
    assert len(duren) >= WIJZIGINGEN * len(PADEN)
    assert statistics.quantiles(duren, n=20)[-1] < op_deze_machine(VEEG / 3)
    assert opstelling.vraag(GETELD, "veeg_vond")[0][0] <= op_deze_machine(1.0) - 1  # alleen: 0
