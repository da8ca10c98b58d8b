"""P7: bijwerken terwijl iedereen doorwerkt: geen vraag mislukt, ook niet als het oude terugkomt."""

import json
import os
import signal
import tempfile
import threading

import psycopg
import pytest

from tests.databank import BASIS
from tests.storingen.controle import oordeel
from tests.storingen.mens import NAAM, Mens
from tests.storingen.opstelling import wacht
from tests.storingen.uitrol import Uitrol

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(300)]
UIT = BASIS / "var" / "bench" / "uitrol.json"


@pytest.fixture
def uitrol(socket_enabled):
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        os.chmod(map_, 0o711)  # noqa: S103 - de databank draait onder een ander account
        with Uitrol(map_) as uitrol:
            yield uitrol


def _uitgaven(uitrol):
    return {waarde for (waarde,) in uitrol.vraag("select distinct uitgave from klanten_klant")}


def test_bijwerken_en_terug_kost_geen_enkele_vraag(uitrol):
    uitrol.begin()

    pogingen = uitrol.migreer()
    uitrol.wacht_op_bezoek(20)
    uitrol.vernieuw(uitrol.volgende)
    uitrol.komt_erbij(4)
    assert _uitgaven(uitrol) == {"", "nieuw"}
    uitrol.vernieuw(BASIS)
    uitrol.komt_erbij(5)

    uitrol.stop_bezoek()
    uitrol.wacht_tot_leeg(60)
    verslag = oordeel(uitrol.url, uitrol.ontvangst, uitrol.toezeggingen)
    UIT.parent.mkdir(parents=True, exist_ok=True)
    cijfers = {"gelukt": uitrol.geteld, "mislukt": len(uitrol.mislukt), "migreren": pogingen}
    UIT.write_text(json.dumps(cijfers, indent=1) + "\n")
    assert uitrol.mislukt == []
    assert verslag.fouten == {}
    assert verslag.toegezegd > 50


def test_een_migratie_die_niet_alleen_uitbreidt_valt_op(uitrol):
    uitrol.begin(aantal=1)

    uitrol.vraag("alter table klanten_naam rename column waarde to roepnaam")
    uitrol.wacht_op_bezoek(5)
    uitrol.stop_bezoek()

    assert uitrol.mislukt


def test_een_verzoek_dat_loopt_wordt_nog_beantwoord(uitrol):
    uitrol.begin(aantal=1)
    uitrol.stop_bezoek()
    mens = Mens(uitrol.voordeur.poort, 0)
    mens.log_in()
    formulier = mens.open_formulier()
    antwoorden = []

    def stuur():
        antwoorden.append(mens.stuur(NAAM, {**formulier.velden, "waarde": "Noor"}).status_code)

    with psycopg.connect(uitrol.url) as ander:
        ander.execute("select 1 from klanten_klant for update")
        draad = threading.Thread(target=stuur)
        draad.start()
        wacht(lambda: uitrol.vraag(WACHT_OP_SLOT), 10, "het verzoek wacht op het slot")
        for proces in uitrol.web:
            proces.sein(signal.SIGTERM)
        wacht(lambda: not any(map(uitrol.gereed, uitrol.poorten)), 10, "niemand komt er nog in")
        ander.rollback()
    draad.join(20)
    mens.sluit()

    assert antwoorden == [200]


WACHT_OP_SLOT = "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
