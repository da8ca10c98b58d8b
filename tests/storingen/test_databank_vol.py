"""P10 en zijn buur: geen plaats op de schijf, geen verbinding meer. Netjes nee, niets kwijt."""

import contextlib
import os
import tempfile
import threading
from pathlib import Path

import psycopg
import pytest

from tests.storingen.controle import oordeel
from tests.storingen.mens import Mens
from tests.storingen.opstelling import op_deze_machine, wacht
from tests.storingen.schijf import VolleSchijf, is_te_koppelen
from tests.storingen.storm import PADEN

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(180)]
VAN_HET_PORTAAL = """
select pg_terminate_backend(pid) from pg_stat_activity
 where datname = current_database() and application_name in ('web', 'werker-taken')
"""


@pytest.fixture
def kleine_schijf(socket_enabled):
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        os.chmod(map_, 0o711)  # noqa: S103 - de databank draait onder een ander account
        if not is_te_koppelen(Path(map_)):
            pytest.skip("dit account mag geen schijf koppelen (nodig: root)")
        with VolleSchijf(map_, mensen=3) as storm:
            yield storm


def eis_niets_kwijt(storm):
    """Iedereen klaar, alles bezorgd, en niemand kreeg iets anders te horen dan waar is."""
    storm.stop_mensen()
    storm.wacht_tot_leeg(60)
    verslag = oordeel(storm.url, storm.ontvangst, storm.toezeggingen)
    assert (verslag.fouten, storm.klachten) == ({}, [])
    assert verslag.toegezegd > 20


def test_een_volle_schijf_weigert_netjes_verliest_niets_en_gaat_vanzelf_weer(kleine_schijf):
    storm = kleine_schijf
    storm.begin_storm()
    wacht(lambda: storm.toegezegd > 10, 60, "er wordt gewijzigd")
    gestart = storm.vraag("select pg_postmaster_start_time()")

    storm.maak_vol()
    wacht(lambda: storm.telling_nu[503] > 5, 60, "er is geen plaats meer")
    storm.maak_ruimte()
    eerder = storm.toegezegd
    wacht(lambda: storm.toegezegd > eerder + 10, op_deze_machine(20), "het gaat vanzelf weer")

    assert storm.vraag("select pg_postmaster_start_time()") == gestart, "zonder herstart"
    eis_niets_kwijt(storm)


def test_geen_verbinding_meer_over_is_een_503_die_bewaart_wat_er_getypt_is(storm):
    storm.ontvanger()
    storm.abonnement(*PADEN, wachttijd=2)
    storm.werker()
    storm.web()
    log = storm.map / "mens-0.log"
    storm.toezeggingen.append(log)
    noor = Mens(storm.voordeur.poort, 201, log.open("w"))
    storm.mensen.append(noor)
    noor.log_in()
    for _ in range(25):
        assert noor.wijzig(noor.open_formulier())
    formulier = noor.open_formulier()

    with contextlib.ExitStack() as bezet:
        storm.vraag(VAN_HET_PORTAAL)
        with contextlib.suppress(psycopg.OperationalError):
            for _ in range(400):
                bezet.enter_context(psycopg.connect(storm.url))
        draad = threading.Thread(target=noor.wijzig, args=[formulier])
        draad.start()
        wacht(lambda: noor.telling[503] > 2, 30, "er is geen verbinding over")
    draad.join(30)
    assert noor.wijzig(noor.open_formulier())
    eis_niets_kwijt(storm)
