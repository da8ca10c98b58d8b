"""Een tussenopslag van onszelf voor het portaal: bewaart en deelt alles wat HTTP toestaat.

A shared cache after RFC 9111 that is as greedy as one may be: without an explicit term it keeps an
answer as long as it likes, also one that sets a cookie. In one thing it goes further, as some CDNs
do: it does not read Vary. What keeps a page out of it is Cache-Control alone.
"""

import asyncio
import threading
from email.utils import parsedate_to_datetime

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, web

UIT_ZICHZELF = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501}
"""RFC 9110 15.1: to be kept without an explicit term."""
TEGELIJK = 16
"""More than the web processes take at once; who waits longer finds what came meanwhile."""
PER_VERBINDING = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"}


class Tussenopslag:
    """Luistert op `poort`; `bewaard`: per adres het antwoord; `treffers`: hoe vaak dat volstond."""

    def __init__(self, doel):
        self._doel = f"http://127.0.0.1:{doel}"
        self.bewaard, self.treffers, self.poort = {}, 0, 0
        self._lus = asyncio.new_event_loop()
        self._klaar = threading.Event()
        self._draad = threading.Thread(target=self._draai, daemon=True)

    def __enter__(self):
        self._draad.start()
        assert self._klaar.wait(10)
        return self

    def __exit__(self, *fout):
        self._lus.call_soon_threadsafe(self._einde.set)
        self._draad.join(10)

    def _draai(self):
        self._lus.run_until_complete(self._dien())
        self._lus.close()

    async def _dien(self):
        self._einde, self._beurt = asyncio.Event(), asyncio.Semaphore(TEGELIJK)
        app = web.Application(client_max_size=1_000_000)
        app.router.add_route("*", "/{rest:.*}", self._vraag)
        loper = web.AppRunner(app, access_log=None)
        await loper.setup()
        await web.TCPSite(loper, "127.0.0.1", 0, backlog=1024).start()
        self.poort = loper.addresses[0][1]
        self._uit = ClientSession(
            auto_decompress=False,
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=90),
        )
        async with self._uit:
            self._klaar.set()
            await self._einde.wait()
        await loper.cleanup()

    async def _vraag(self, request):
        async with self._beurt:
            status, koppen, inhoud = await self._antwoord(request)
        return web.Response(status=status, headers=koppen, body=inhoud)

    async def _antwoord(self, request):
        if request.method == "GET" and (antwoord := self.bewaard.get(request.raw_path)):
            self.treffers += 1
            return antwoord
        antwoord = await self._haal(request)
        if mag_bewaren(request, antwoord):
            self.bewaard[request.raw_path] = antwoord
        return antwoord

    async def _haal(self, request):
        async with self._uit.request(
            request.method,
            f"{self._doel}{request.raw_path}",
            headers=_door(request.headers),
            data=await request.read(),
            allow_redirects=False,
        ) as antwoord:
            return antwoord.status, _door(antwoord.headers), await antwoord.read()


def _door(koppen):
    weg = [naam for naam in koppen if naam.lower() in PER_VERBINDING]
    koppen = koppen.copy()
    for naam in weg:
        koppen.popall(naam, None)
    return koppen


def mag_bewaren(request, antwoord):
    """RFC 9111 3: mag een gedeelde tussenopslag dit antwoord aan een ander geven?"""
    status, koppen, _ = antwoord
    wens = _regels(koppen)
    geheim = {"no-store", "no-cache", "private"} & {*wens} or "no-store" in _regels(request.headers)
    if "Authorization" in request.headers:
        geheim = geheim or not {"public", "s-maxage", "must-revalidate"} & {*wens}
    if request.method != "GET" or geheim:
        return False
    termijn = _termijn(wens, koppen)
    return termijn > 0 if termijn is not None else status in UIT_ZICHZELF or "public" in wens


def _regels(koppen):
    delen = [deel.strip().partition("=") for deel in koppen.get("Cache-Control", "").split(",")]
    return {naam.lower(): waarde.strip('"') for naam, _, waarde in delen if naam}


def _termijn(wens, koppen):
    """Hoeveel seconden het antwoord goed is; None als het dat niet zegt."""
    for naam in ("s-maxage", "max-age"):
        if naam in wens:
            return int(wens[naam])
    if "Expires" not in koppen:
        return None
    tot, op = (parsedate_to_datetime(koppen[naam]) for naam in ("Expires", "Date"))
    return (tot - op).total_seconds()
