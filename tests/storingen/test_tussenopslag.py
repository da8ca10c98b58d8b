"""P3: wat er ook voor het portaal staat, hoe druk het ook is: niemand ziet iets van een ander."""

import asyncio

import aiohttp
import httpx
import pytest

from tests.storingen.mens import KANARIE
from tests.storingen.opstelling import wacht
from tests.storingen.tussenopslag import Tussenopslag

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
NOOR, OMAR, NIEMAND = 130, 131, 0
VRAGEN = 500
PADEN = ["/overzicht/", "/mijn-gegevens/", "/mijn-gegevens/naam/", "/geschiedenis/"]
OPENBAAR = "/inloggen/sleutels/"
"""The one answer of ours that says it may be kept."""


def ingelogd(storm, volgnummer):
    """Iemand die haar naam opsloeg."""
    mens = storm.mens(volgnummer)
    mens.log_in()
    assert mens.wijzig(mens.open_formulier())
    return mens


def bestand_van(storm, mens):
    """Waar het bestand met al haar gegevens klaarligt."""
    storm.werker()
    assert mens.verstuur("/downloaden/", vorm="json").status_code in {302, 303}
    klaar = "select id::text from mijn_download where stand = 'klaar'"
    wacht(lambda: storm.vraag(klaar), 40, "het bestand is gemaakt")
    return f"/downloaden/{storm.vraag(klaar)[0][0]}/"


async def vraag_alles(poort, paden, sessies):
    """Alle vragen tegelijk, om de beurt van Noor, van Omar en van wie niet inlogde."""
    wie, pot = list(sessies), aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(
        f"http://127.0.0.1:{poort}", cookie_jar=pot, connector=aiohttp.TCPConnector(limit=0)
    ) as http:

        async def een(nummer):
            vrager = wie[nummer % len(wie)]
            pad = paden[nummer // len(wie) % len(paden)]
            koppen = {"Cookie": "; ".join(f"{k}={w}" for k, w in sessies[vrager].items())}
            async with http.get(pad, headers=koppen, allow_redirects=False) as antwoord:
                return vrager, pad, await antwoord.text()

        return await asyncio.gather(*(een(nummer) for nummer in range(VRAGEN)))


def test_van_500_vragen_tegelijk_door_een_tussenopslag_toont_er_geen_iets_van_een_ander(storm):
    storm.web()
    noor, omar = ingelogd(storm, NOOR), ingelogd(storm, OMAR)
    bestand = bestand_van(storm, noor)
    sessies = {NOOR: dict(noor._http.cookies), OMAR: dict(omar._http.cookies), NIEMAND: {}}
    paden = [*PADEN, bestand]
    with Tussenopslag(storm.voordeur.poort) as opslag:
        antwoorden = asyncio.run(vraag_alles(opslag.poort, paden, sessies))
        openbaar = f"http://127.0.0.1:{opslag.poort}{OPENBAAR}"
        assert [httpx.get(openbaar).status_code for _ in range(2)] == [200, 200]

    gezien = {(wie, pad, *sorted(set(KANARIE.findall(tekst)))) for wie, pad, tekst in antwoorden}
    vreemd = {een for een in gezien if {*een[2:]} - {str(een[0])}}
    assert vreemd == set()
    eigen = {(wie, pad, str(wie)) for wie in (NOOR, OMAR) for pad in paden}
    assert gezien == eigen | {(NIEMAND, pad) for pad in paden}
    # De test zelf leeft: Noor kreeg haar bestand, en Omar een bladzijde die hem noemt.
    soorten = {wie: tekst[:1] for wie, pad, tekst in antwoorden if pad == bestand}
    assert (soorten[NOOR], soorten[OMAR]) == ("{", "<")
    # En de opslag ook: zij gaf wat openbaar is een tweede keer, en bewaarde niets anders.
    assert ([*opslag.bewaard], opslag.treffers) == ([OPENBAAR], 1)
