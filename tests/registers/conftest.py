"""The neighbours, as running stand-ins, and the people who are asked about."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.klanten import gevolgen
from portal.registers import onderbreker, stand
from tests.nep_server import CLIENT, GEHEIM, Nep
from tests.registers.mensen import Mens


@pytest.fixture(autouse=True)
def _vers() -> None:
    onderbreker.vergeet_alles()
    stand.vergeet_alles()


@pytest.fixture
def koppel(settings) -> Iterator[Callable[[Nep], Nep]]:
    """Start a stand-in and configure the portal for it."""
    settings.BUREN = {}
    with ExitStack() as stapel:

        def _koppel(nep: Nep) -> Nep:
            stapel.enter_context(nep)
            zet(settings, nep.naam, nep.url)
            return nep

        yield _koppel


def zet(settings, naam: str, url: str) -> None:
    """Point the portal at a neighbour."""
    settings.BUREN = {
        **settings.BUREN,
        naam: {"url": url, "geheim": GEHEIM, "client_id": CLIENT, "ontvangst": "Bearer ons-woord"},
    }


@pytest.fixture
def noor() -> Identiteit:
    return Identiteit(Soort.BSN, "999990019")


@pytest.fixture
def omar() -> Identiteit:
    return Identiteit(Soort.BSN, "999990421")


@pytest.fixture
def onbekende() -> Identiteit:
    """Someone the BRP does not know (REG-6)."""
    return Identiteit(Soort.BSN, "999990445")


@pytest.fixture
def bakkerij() -> Identiteit:
    return Identiteit(Soort.KVK, "90000011")


@pytest.fixture
def werkplaats() -> Identiteit:
    return Identiteit(Soort.VESTIGING, "000037178601", "68750110")


@pytest.fixture
def berichten(monkeypatch: pytest.MonkeyPatch) -> list:
    """What the domain writes to people."""
    geschreven: list = []
    monkeypatch.setattr(gevolgen, "_verzenders", {"proef": geschreven.append})
    return geschreven


@pytest.fixture
def mens(db: None, berichten: list) -> Callable[[Identiteit], Mens]:
    """Someone who is logged in with this number."""
    return lambda identiteit: Mens(identiteit, berichten)
