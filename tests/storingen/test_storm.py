"""P1 tot en met P4 over echte HTTP: wat er ook omvalt, niets kwijt, verzonnen of door elkaar.

`STORM_SECONDEN` and `SEEDS` make it a soak (`make soak`). The faults it must see stand in
tests/mutanten/storm.toml; the figures of each run go to var/bench/storm.json.
"""

import json
import os
from pathlib import Path

import pytest

from tests.storingen.controle import SOORTEN, oordeel, waarom_dood
from tests.storingen.nemesis import Nemesis

SECONDEN = float(os.environ.get("STORM_SECONDEN", "45"))
ZADEN = [int(zaad) for zaad in os.environ.get("SEEDS", "20261121").split(",")]
TOEZEGGINGEN = max(300, int(5 * SECONDEN))
"""What a busy machine reaches in time; `make soak` asks five a second (docs/besluiten, 0166)."""
DODEN = max(20, int(SECONDEN / 5))
"""Issue 6: `kill -9` of web and worker, at random moments, at least twenty times."""
UIT = Path(__file__).resolve().parents[2] / "var" / "bench" / "storm.json"
pytestmark = [pytest.mark.storingen, pytest.mark.timeout(SECONDEN * 6 + 240)]


def _schrijf_op(zaad, nemesis, storm, verslag):
    """De cijfers van deze keer, voor docs/beloften.md."""
    UIT.parent.mkdir(parents=True, exist_ok=True)
    cijfers = {
        "seconden": SECONDEN,
        "streken": dict(nemesis.gedaan),
        "antwoorden": {str(soort): aantal for soort, aantal in storm.telling.items()},
        "toegezegd": verslag.toegezegd,
        "ontvangen": verslag.ontvangen,
        "herhaald": verslag.herhaald,
        "te laat": verslag.te_laat,
        **{soort: len(getattr(verslag, soort)) for soort in SOORTEN},
    }
    eerder = json.loads(UIT.read_text()) if UIT.exists() else {}
    UIT.write_text(json.dumps(eerder | {str(zaad): cijfers}, indent=1) + "\n")


@pytest.mark.parametrize("zaad", ZADEN)
def test_niets_kwijt_niets_verzonnen_alles_op_volgorde(storm, zaad):
    storm.begin_storm()
    nemesis = Nemesis(storm, zaad)
    nemesis.woed(SECONDEN, minstens=TOEZEGGINGEN, doden=DODEN)
    storm.alles_door()
    storm.stop_mensen()
    storm.wacht_tot_leeg(60)

    verslag = oordeel(storm.url, storm.ontvangst, storm.toezeggingen)
    _schrijf_op(zaad, nemesis, storm, verslag)
    assert verslag.fouten == {}
    assert storm.klachten == []
    dood = waarom_dood(verslag, nemesis.gedaan, toezeggingen=TOEZEGGINGEN, doden=DODEN)
    assert dood == []
