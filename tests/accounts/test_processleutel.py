"""The keys a process makes for itself: one, however many people are first at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts import sleutels
from accounts.nagebootst import tokens
from accounts.sleutels import van_dit_proces

pytestmark = [pytest.mark.login, pytest.mark.lang]
TEGELIJK = 8


@pytest.mark.parametrize("maak", [tokens.sleutel, lambda: van_dit_proces("assertie")])
def test_de_eersten_die_tegelijk_inloggen_krijgen_dezelfde_sleutel(maak, monkeypatch):
    start, nummers, gemaakt = threading.Barrier(TEGELIJK), count(), []
    maak_echt = rsa.generate_private_key

    def traag(**eisen):
        gemaakt.append(next(nummers))
        time.sleep(0.05)
        return maak_echt(**eisen)

    monkeypatch.setattr(rsa, "generate_private_key", traag)
    monkeypatch.setattr(sleutels, "_gemaakt", cache(sleutels._gemaakt.__wrapped__))

    def vraag(_):
        start.wait(5)
        return maak()

    with ThreadPoolExecutor(TEGELIJK) as draden:
        gekregen = list(draden.map(vraag, range(TEGELIJK)))
    assert len(gemaakt) == 1
    assert len({id(sleutel) for sleutel in gekregen}) == 1
