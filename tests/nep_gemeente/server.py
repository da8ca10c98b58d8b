"""Een aiohttp-toepassing die aanneemt, controleert, onthoudt en desgevraagd stoort."""

import asyncio
import collections
import importlib.util
import json
import os
import re
import time
from pathlib import Path

from aiohttp import web

from tests.nep_gemeente.pagina import pagina

_PAD = Path(__file__).resolve().parents[2] / "docs" / "ontvanger" / "ontvanger.py"
_spec = importlib.util.spec_from_file_location("ontvanger", _PAD)
ontvanger = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ontvanger)

BEWAARD = 500
MAX_POST = 20_000
SOORTEN = {"email", "sms"}


class Gemeente:
    """Onthoudt wat er kwam; `gedrag` per pad maakt er een slechte ontvanger van.

    Gedrag: `goed`, `hang`, `hang-in-antwoord`, `langzaam`, `liegt` (verwerkt, dan geen antwoord),
    `200-te-laat`, `groot`, `druppel`, `door` (3xx), `grillig` (van alles wat), or a status such as
    `500`, `410`, `429:30`. Wat meegegeven wordt geldt voor elk pad dat niets anders heeft.
    """

    def __init__(self, geheim, log=None, gedrag="goed"):
        self.ontvangers = collections.defaultdict(lambda: ontvanger.Ontvanger(geheim, ":memory:"))
        self.ontvangen = collections.deque(maxlen=BEWAARD)
        self.post = collections.deque(maxlen=BEWAARD)
        self.gedrag = collections.defaultdict(lambda: gedrag)
        self.per_onderwerp = {}
        self.gezien = collections.Counter()
        self._log = open(log, "ab", buffering=0) if log else None  # noqa: SIM115 - leeft mee

    def toepassing(self):
        app = web.Application(client_max_size=1_000_000)
        app.router.add_route("OPTIONS", "/webhook{rest:.*}", self.stem_toe)
        app.router.add_post("/webhook{rest:.*}", self.webhook)
        app.router.add_post("/post", self.ontvang_post)
        app.router.add_get("/", self.toon)
        app.router.add_get("/ontvangen.json", self.toon_json)
        app.router.add_put("/gedrag", self.zet_gedrag)
        return app

    async def stem_toe(self, request):
        vrager = request.headers.get("WebHook-Request-Origin", "")
        koppen = ontvanger.stem_toe(request.headers, vrager) if vrager else {}
        return web.Response(status=200, headers=koppen)

    async def webhook(self, request):
        inhoud = await request.read()
        gedrag = self._gedrag_voor(request.path, inhoud)
        if gedrag == "hang":
            await asyncio.sleep(3600)
        if gedrag.partition(":")[0].isdigit() or gedrag == "door":
            return self._weiger(gedrag)
        if gedrag == "langzaam":
            await asyncio.sleep(0.5)
        status = self._neem_aan(request, inhoud)
        return await self._antwoord(request, gedrag, status)

    def _gedrag_voor(self, pad, inhoud):
        for onderwerp, gedrag in self.per_onderwerp.items():
            if onderwerp.encode() in inhoud:
                return gedrag
        gedrag = self.gedrag[pad]
        return self._grillig() if gedrag == "grillig" else gedrag

    def _grillig(self):
        """Van elke honderd pogingen: 5 geweigerd, 3 antwoorden kwijt, 1 hangt, 1 antwoordt te laat.

        Vast, niet door toeval. Te laat is na 4 seconden: het bericht is dan wel verwerkt.
        """
        self.gezien["grillig"] += 1
        beurt = self.gezien["grillig"] % 100
        liegt = dict.fromkeys((20, 40, 60), "liegt")
        geweigerd = {10: "503", 30: "500", 50: "429:1", 70: "408", 90: "500"}
        anders = geweigerd | liegt | {45: "200-te-laat", 80: "hang"}
        return anders.get(beurt, "goed")

    @staticmethod
    def _weiger(gedrag):
        if gedrag == "door":
            return web.Response(status=302, headers={"Location": "http://169.254.169.254/"})
        status, _, rust = gedrag.partition(":")
        return web.Response(status=int(status), headers={"Retry-After": rust} if rust else {})

    def _neem_aan(self, request, inhoud):
        status, uitkomst = self.ontvangers[request.path].ontvang(inhoud, request.headers)
        regel = {
            "op": time.time(),
            "pad": request.path,
            "id": request.headers.get("webhook-id", ""),
            "herhaling": request.headers.get("webhook-replay", ""),
            "spoor": request.headers.get("traceparent", ""),
            "uitkomst": uitkomst,
            "inhoud": inhoud.decode(errors="replace"),
        }
        if self._log:
            self._log.write(json.dumps(regel).encode() + b"\n")
            os.fsync(self._log.fileno())
        self.ontvangen.appendleft(regel)
        return status

    @staticmethod
    async def _antwoord(request, gedrag, status):
        if gedrag == "liegt":
            request.transport.abort()
        if gedrag == "200-te-laat":
            await asyncio.sleep(4)
        if gedrag == "groot":
            return web.Response(status=200, body=b"x" * 10_000_000)
        if gedrag in {"druppel", "hang-in-antwoord"}:
            stroom = web.StreamResponse(status=200)
            await stroom.prepare(request)
            for _ in range(600):
                await stroom.write(b"." if gedrag == "druppel" else b"")
                await asyncio.sleep(1)
        return web.Response(status=status)

    async def ontvang_post(self, request):
        try:
            bericht = json.loads((await request.read())[:MAX_POST])
            stuk = {naam: str(bericht[naam]) for naam in ("soort", "aan", "onderwerp", "tekst")}
        except (ValueError, KeyError, TypeError):
            return web.json_response({"fout": "soort, aan, onderwerp en tekst"}, status=400)
        if stuk["soort"] not in SOORTEN:
            return web.json_response({"fout": "soort is email of sms"}, status=400)
        self.post.appendleft(stuk | {"op": time.time()})
        return web.Response(status=204)

    async def toon(self, request):
        html = pagina(self.ontvangen, self.post, stil="stil" in request.query)
        return web.Response(text=html, content_type="text/html")

    async def toon_json(self, request):
        return web.json_response({"ontvangen": list(self.ontvangen), "post": list(self.post)})

    async def zet_gedrag(self, request):
        vraag = await request.json()
        if not re.fullmatch(r"[a-z0-9:-]{1,20}", vraag["gedrag"]):
            return web.Response(status=400)
        if "onderwerp" in vraag:
            self.per_onderwerp[vraag["onderwerp"]] = vraag["gedrag"]
        else:
            self.gedrag[vraag["pad"]] = vraag["gedrag"]
        return web.Response(status=204)
