"""Werk van de nacht: wat misgaat is na afloop terug te vinden, zonder waarden."""

import io
import json
import logging
from functools import partial

import pytest

from portal.klanten import stappen
from portal.klanten.stappen import doe_elke_stap
from portal.logregels import JsonRegel


def deel_door(noemer: int) -> float:
    return 1 / noemer


def geef_naam(naam: str) -> None:
    raise KeyError(naam)


@pytest.fixture
def log() -> io.StringIO:
    """The lines as they leave, of this module only."""
    uit = io.StringIO()
    handler = logging.StreamHandler(uit)
    handler.setFormatter(JsonRegel())
    stappen.logger.addHandler(handler)
    yield uit
    stappen.logger.removeHandler(handler)


def test_elke_stap_die_mislukt_heeft_een_regel_met_naam_soort_en_aantal(log: io.StringIO) -> None:
    with pytest.raises(ExceptionGroup, match="3 van 4"):
        doe_elke_stap(
            partial(deel_door, 0), partial(deel_door, 1), partial(deel_door, 0),
            partial(geef_naam, "Noor"),
        )  # fmt: skip
    regels = [json.loads(regel) for regel in log.getvalue().splitlines()]
    assert [(r["stap"], r["fout"], r["aantal"]) for r in regels] == [
        ("deel_door", "ZeroDivisionError", 2),
        ("geef_naam", "KeyError", 1),
    ]
    assert "deel_door" in regels[0]["plaats"][-1]
    assert "Noor" not in log.getvalue()


def test_een_groep_zegt_welke_soorten_fouten_erin_zitten(log: io.StringIO) -> None:
    binnen = partial(doe_elke_stap, partial(deel_door, 0), partial(geef_naam, "Noor"))
    with pytest.raises(ExceptionGroup):
        doe_elke_stap(binnen)
    laatste = json.loads(log.getvalue().splitlines()[-1])
    assert laatste["stap"] == "doe_elke_stap"
    assert laatste["fouten"] == ["ZeroDivisionError", "KeyError"]
