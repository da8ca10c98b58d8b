"""P3: wat er ook voor het portaal staat en hoe druk het ook is, niemand ziet iets van een ander."""

import asyncio

import aiohttp
import httpx
import pytest

from tests.storingen.mens import KANARIE
from tests.storingen.tussenopslag import Tussenopslag

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
NOOR, OMAR, NIEMAND = 130, 131, 0
VRAGEN = 500
PADEN = ["/overzicht/", "/mijn-gegevens/", "/mijn-gegevens/naam/", "/geschiedenis/"]
OPENBAAR = "/inloggen/sleutels/"
"""The one answer of ours that says it may be kept."""


def koekjes(storm, volgnummer):
    """Van iemand die inlogde en haar naam opsloeg."""
    mens = storm.mens(volgnummer)
    mens.log_in()
    assert mens.wijzig(mens.open_formulier())
    return dict(mens._http.cookies)


async def vraag_alles(poort, sessies):
    """Alle vragen tegelijk, om de beurt van Noor, van Omar en van wie niet inlogde."""
    wie, pot = list(sessies), aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(
        f"http://127.0.0.1:{poort}", cookie_jar=pot, connector=aiohttp.TCPConnector(limit=0)
    ) as http:

        async def een(nummer):
            vrager = wie[nummer % len(wie)]
            pad = PADEN[nummer // len(wie) % len(PADEN)]
            koppen = {"Cookie": "; ".join(f"{k}={w}" for k, w in sessies[vrager].items())}
            async with http.get(pad, headers=koppen, allow_redirects=False) as antwoord:
                return vrager, pad, await antwoord.text()

        return await asyncio.gather(*(een(nummer) for nummer in range(VRAGEN)))


def test_van_500_vragen_tegelijk_door_een_tussenopslag_toont_er_geen_iets_van_een_ander(storm):
    storm.web()
    sessies = {NOOR: koekjes(storm, NOOR), OMAR: koekjes(storm, OMAR), NIEMAND: {}}
    with Tussenopslag(storm.voordeur.poort) as opslag:
        antwoorden = asyncio.run(vraag_alles(opslag.poort, sessies))
        openbaar = f"http://127.0.0.1:{opslag.poort}{OPENBAAR}"
        assert [httpx.get(openbaar).status_code for _ in range(2)] == [200, 200]

    gezien = {(wie, pad, *sorted(set(KANARIE.findall(tekst)))) for wie, pad, tekst in antwoorden}
    eigen = {(wie, pad, str(wie)) for wie in (NOOR, OMAR) for pad in PADEN}
    vreemd = {een for een in gezien if {*een[2:]} - {str(een[0])}}
    assert vreemd == set()
    assert gezien == eigen | {(NIEMAND, pad) for pad in PADEN}
    # De opslag zelf leeft: zij gaf wat openbaar is een tweede keer, en bewaarde niets anders.
    assert ([*opslag.bewaard], opslag.treffers) == ([OPENBAAR], 1)
