"""Honderd ontvangers, zestig hangen: de veertig andere merken daar niets van."""

import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(150)]
HANGT, GEZOND = 60, 40
WIJZIGINGEN = 5


def test_zestig_van_de_honderd_hangen_en_de_rest_krijgt_alles_op_tijd(opstelling):
    opstelling.ontvanger()
    hangt = [f"/webhook/hangt-{nummer}" for nummer in range(HANGT)]
    gezond = [f"/webhook/gezond-{nummer}" for nummer in range(GEZOND)]
    opstelling.abonnement(*hangt, *gezond, wachttijd=5)
    for pad in hangt:
        opstelling.gedrag(pad, "hang")
    opstelling.werker()
    schrijver = opstelling.schrijver("a", "--klanten", "3")
    wacht(lambda: len(regels(opstelling.toezeggingen[0])) >= WIJZIGINGEN, 40, "er is gewijzigd")
    schrijver.stop()
    verwacht = GEZOND * opstelling.vraag("select count(*) from klanten_gebeurtenis")[0][0]

    def gezonden_hebben_alles():
        return len(regels(opstelling.ontvangst)) >= verwacht

    duur = wacht(gezonden_hebben_alles, op_deze_machine(10) + 5, "wie gezond is heeft alles")
    assert duur < op_deze_machine(10)
    for pad in hangt:  # en zij komen terug: dan krijgen ook zij alles, op volgorde
        opstelling.gedrag(pad, "goed")
    opstelling.wacht_tot_leeg(60)
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert verslag.fouten == {}
