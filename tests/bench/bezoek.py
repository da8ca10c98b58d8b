"""Many people at once, each with a session of her own, over real HTTP from one process."""

import asyncio
import math
import re
import statistics
import time
import urllib.request
from collections import Counter
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlsplit

import aiohttp

from tests.inloggen import NIVEAUS

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
TEGELIJK = 8
GEDULD = aiohttp.ClientTimeout(total=60)
NETJES = {429, 503}
"""Polite refusals, when they say when to come back."""


def uitslag(duren, soorten, per_seconde, seconden):
    """What a round gave; without a page there is no time a page took, which misses every demand."""
    delen = statistics.quantiles(duren, n=100) if len(duren) > 1 else [math.inf] * 99
    return {"per_s": per_seconde, "p50_ms": round(delen[49], 1), "p95_ms": round(delen[94], 1),
            "served": soorten["pagina"], "served_per_s": round(soorten["pagina"] / seconden, 1),
            "refused": soorten["netjes"], "errors": soorten["fout"]}  # fmt: skip


class Iemand:
    """One session: the web process she is at, and her cookies."""

    def __init__(self, poort):
        self._basis, self._koek = f"http://127.0.0.1:{poort}", {}

    async def vraag(self, http, methode, adres, **wat):
        """Ask one page, follow nothing; return the answer with its body read."""
        delen = urlsplit(adres)
        pad = delen.path + (f"?{delen.query}" if delen.query else "")
        koppen = {"Cookie": "; ".join(f"{naam}={w}" for naam, w in self._koek.items())}
        async with http.request(
            methode, self._basis + pad, headers=koppen, allow_redirects=False, **wat
        ) as antwoord:
            for kop in antwoord.headers.getall("Set-Cookie", []):
                self._koek |= {naam: koek.coded_value for naam, koek in SimpleCookie(kop).items()}
            return antwoord, await antwoord.text()

    async def log_in(self, http, bsn):
        """The four requests of a log-in at the stand-in; raise when it fails."""
        begin, _ = await self.vraag(http, "GET", "/inloggen/digid/")
        keuze = begin.headers["Location"]
        _, bladzijde = await self.vraag(http, "GET", keuze)
        velden = {"csrfmiddlewaretoken": CSRF.search(bladzijde)[1], "nummer": bsn,
                  "niveau": NIVEAUS["digid"][30], "doe": "inloggen"}  # fmt: skip
        terug, _ = await self.vraag(http, "POST", keuze, data=velden)
        klaar, _ = await self.vraag(http, "GET", terug.headers["Location"])
        if not klaar.headers.get("Location", "").startswith("/overzicht/"):
            raise RuntimeError(f"inloggen gaf {klaar.status} {klaar.headers.get('Location')}")


class Bezoek:
    """All of them, spread over the web processes."""

    def __init__(self, poorten):
        self._poorten, self._mensen = poorten, []

    def gereed(self):
        try:
            for poort in self._poorten:
                urllib.request.urlopen(f"http://127.0.0.1:{poort}/health/ready", timeout=5).close()
        except OSError:
            return False
        return True

    async def laat_inloggen(self, bsns):
        """Log everybody in, a few at a time; return how many a second."""
        beurt = cycle(self._poorten)
        self._mensen = [Iemand(next(beurt)) for _ in bsns]
        rij = iter(zip(self._mensen, bsns, strict=True))

        async def werk(http):
            for mens, bsn in rij:
                await mens.log_in(http, bsn)

        async with aiohttp.ClientSession(timeout=GEDULD) as http:
            for poort in self._poorten:  # the stand-in makes the keys of a process at its first
                await Iemand(poort).log_in(http, bsns[0])
            begin = time.perf_counter()
            await asyncio.gather(*(werk(http) for _ in range(TEGELIJK)))
        return {"per_s": round(len(bsns) / (time.perf_counter() - begin), 1)}

    async def kijk(self, per_seconde, seconden):
        """Ask overviews at an even pace, whatever the answers do; milliseconds from the moment due.

        The milliseconds are of pages only: a refusal is quick. `errors`: what was neither a page
        nor a refusal that says when to come back.
        """
        duren, soorten = [], Counter()
        begin = time.perf_counter()

        async def een(http, nummer):
            op_tijd = begin + nummer / per_seconde
            await asyncio.sleep(max(0, op_tijd - time.perf_counter()))
            mens = self._mensen[nummer % len(self._mensen)]
            soort = await self._soort(http, mens)
            soorten[soort] += 1
            if soort == "pagina":
                duren.append((time.perf_counter() - op_tijd) * 1000)

        verbinding = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(timeout=GEDULD, connector=verbinding) as http:
            await asyncio.gather(*(een(http, n) for n in range(per_seconde * seconden)))
        return uitslag(duren, soorten, per_seconde, time.perf_counter() - begin)

    @staticmethod
    async def _soort(http, mens):
        try:
            antwoord, inhoud = await mens.vraag(http, "GET", "/overzicht/")
        except (aiohttp.ClientError, TimeoutError):
            return "fout"
        if antwoord.status == 200 and "</html>" in inhoud:
            return "pagina"
        netjes = antwoord.status in NETJES and "Retry-After" in antwoord.headers
        return "netjes" if netjes else "fout"
