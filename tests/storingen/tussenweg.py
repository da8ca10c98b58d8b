"""Een TCP-proxy van onszelf: laat door, vertraagt, hangt, knipt af of weigert.

Runs in a thread of its own with its own loop, so that a test turns it with one call. More than one
goal: a new connection goes to the next one that listens, as a load balancer does.
"""

import asyncio
import socket
import threading
from contextlib import suppress

BROK = 65_536
STANDEN = ("door", "traag", "hang", "knip", "weg")


class Tussenweg:
    """`stand`: door, traag (30 ms per chunk), hang (nothing passes), knip, weg (refused, broken).

    `knip` passes the first half of the next answer on a connection and then breaks it: the other
    side did its work, and whoever asked never hears how it ended.
    """

    def __init__(self, *doelen):
        self.doelen, self.stand = list(doelen), "door"
        self.geknipt = 0
        self._beurt = 0
        self._open = set()
        self._lus = asyncio.new_event_loop()
        self._luister = socket.create_server(("127.0.0.1", 0))
        self.poort = self._luister.getsockname()[1]
        self._draad = threading.Thread(target=self._draai, daemon=True)

    def __enter__(self):
        self._draad.start()
        return self

    def __exit__(self, *fout):
        self._lus.call_soon_threadsafe(self._einde.set)
        self._draad.join(10)

    def zet(self, stand):
        """Vanaf nu zo; `weg` verbreekt ook wat al open stond."""
        assert stand in STANDEN
        self.stand = stand
        if stand == "weg":
            self._lus.call_soon_threadsafe(self._verbreek)

    def _draai(self):
        asyncio.set_event_loop(self._lus)
        self._lus.run_until_complete(self._dien())
        self._lus.close()

    async def _dien(self):
        self._einde = asyncio.Event()
        server = await asyncio.start_server(self._neem_aan, sock=self._luister)
        await self._einde.wait()
        self._verbreek()
        server.close()
        taken = asyncio.all_tasks() - {asyncio.current_task()}
        for taak in taken:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)

    def _verbreek(self):
        for schrijver in list(self._open):
            schrijver.transport.abort()

    async def _neem_aan(self, lezer, schrijver):
        verbinding = None if self.stand == "weg" else await self._verbind()
        if verbinding is None:
            schrijver.transport.abort()
            return
        lezer_daar, schrijver_daar = verbinding
        paar = {schrijver, schrijver_daar}
        self._open |= paar
        try:
            heen = asyncio.create_task(self._pomp(lezer, schrijver_daar, antwoord=False))
            terug = asyncio.create_task(self._pomp(lezer_daar, schrijver, antwoord=True))
            await asyncio.wait({heen, terug}, return_when=asyncio.FIRST_COMPLETED)
            for taak in (heen, terug):
                taak.cancel()
            await asyncio.gather(heen, terug, return_exceptions=True)
        finally:
            self._open -= paar
            for een in paar:
                een.transport.abort()

    async def _verbind(self):
        for _ in self.doelen:
            self._beurt += 1
            with suppress(OSError):
                doel = self.doelen[self._beurt % len(self.doelen)]
                return await asyncio.open_connection("127.0.0.1", doel)
        return None

    async def _pomp(self, van, naar, *, antwoord):
        while brok := await van.read(BROK):
            while self.stand == "hang":
                await asyncio.sleep(0.02)
            if self.stand == "traag":
                await asyncio.sleep(0.03)
            if self.stand == "knip" and antwoord:
                self.geknipt += 1
                naar.write(brok[: len(brok) // 2])
                await naar.drain()
                return
            naar.write(brok)
            await naar.drain()
