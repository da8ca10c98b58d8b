"""Een bevroren werker verliest zijn hek; als hij ontdooit, stuurt hij niets ouds meer."""

import signal
import time

import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]


def test_een_tweede_werker_neemt_het_over_van_een_bevroren_werker(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een", wachttijd=2)
    eerste = opstelling.werker()
    schrijver = opstelling.schrijver("a", "--klanten", "5")
    wacht(lambda: len(regels(opstelling.ontvangst)) > 5, 30, "de eerste werker bezorgt")
    opstelling.werker()
    opstelling.bewaak(2)

    eerste.sein(signal.SIGSTOP)
    tijdens = len(regels(opstelling.ontvangst))
    grens = op_deze_machine(15)
    wacht(lambda: len(regels(opstelling.ontvangst)) > tijdens + 3, grens, "overname")
    time.sleep(1)
    eerste.sein(signal.SIGCONT)
    opstelling.bewaak(2)

    schrijver.stop()
    opstelling.wacht_tot_leeg()
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert verslag.fouten == {}
    assert verslag.ontvangen > 20
