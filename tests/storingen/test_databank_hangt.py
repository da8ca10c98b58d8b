"""Een databank die zwijgt op een open verbinding, of weg is: ieder hoort het binnen 5 s (P5)."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from tests.storingen.mens import NAAM
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.lang, pytest.mark.timeout(180)]
ANTWOORD, TERUG = 5.0, 10.0
"""P5: seconds to a page, and seconds to everything as usual."""
VENSTERS = 3
"""Per web process; the fourth thread stays free."""


@pytest.fixture
def vensters(storm):
    """Wie ingelogd is bij elk webproces, elk met een open formulier."""
    storm.web()
    open_ = []
    for nummer in range(2 * VENSTERS):
        mens = storm.mens(200 + nummer, poort=storm.webpoorten[nummer % 2])
        mens._http.timeout = httpx.Timeout(30)
        mens.log_in()
        open_.append((mens, mens.open_formulier()))
    return open_


def _lees(venster):
    return venster[0].vraag(NAAM)


def _stuur(venster):
    mens, formulier = venster
    return mens.stuur(NAAM, {**formulier.velden, "waarde": _getypt(mens)})


def _getypt(mens):
    return f"Kanarie {mens.volgnummer} van de Waterkant"


def _tegelijk(vensters, daden):
    """Doe alles op hetzelfde moment; geeft per venster het antwoord en de seconden."""
    start = Barrier(len(vensters))

    def een(venster, daad):
        start.wait()
        begin = time.monotonic()
        return daad(venster), time.monotonic() - begin

    with ThreadPoolExecutor(len(vensters)) as draden:
        return list(draden.map(een, vensters, daden))


def test_wie_iets_verstuurt_krijgt_binnen_vijf_seconden_terug_wat_hij_typte(storm, vensters):
    for _ in range(3):  # elke draad van elk proces heeft een verbinding die al gebruikt is
        antwoorden = _tegelijk(vensters, [_lees] * len(vensters))
        assert {antwoord.status_code for antwoord, _ in antwoorden} == {200}

    for stand in ("hang", "weg"):
        storm.naar_databank.zet(stand)
        for daden in ([_stuur, _stuur, _lees] * 2, [_lees, _stuur, _stuur] * 2):
            _eis_een_bladzijde_op_tijd(vensters, daden)

        storm.naar_databank.zet("door")
        for venster in vensters:
            grens = op_deze_machine(TERUG)
            wacht(lambda v=venster: _stuur(v).status_code == 200, grens, f"terug na {stand}")


def _eis_een_bladzijde_op_tijd(vensters, daden):
    for (mens, _), (antwoord, seconden), daad in zip(
        vensters, _tegelijk(vensters, daden), daden, strict=True
    ):
        assert antwoord.status_code == 503
        assert seconden < op_deze_machine(ANTWOORD)
        assert daad is _lees or _getypt(mens) in antwoord.text
