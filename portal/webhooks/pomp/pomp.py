"""The pump of one abonnement: banen side by side, inside one baan strictly one after the other."""

import asyncio
import datetime as dt
import logging
import time
from collections import deque
from uuid import UUID

from django.conf import settings

from portal.webhooks.bezorging import Antwoord, bezorg
from portal.webhooks.pomp.bevestiger import Bevestiger, Bezorgd
from portal.webhooks.pomp.onderbreker import Onderbreker
from portal.webhooks.pomp.rijen import Kop, Stand, Werk, claim, lees_stand
from portal.webhooks.pomp.tempo import Tempo
from portal.webhooks.pomp.tijden import BANEN, BANEN_PER_POST, BUDGET, DIEP, KIJK, TREUZEL, VERS
from portal.webhooks.pomp.werker import Werker
from portal.webhooks.pomp.zending import Opsteller
from portal.webhooks.vervolg import Oordeel, vervolg

logger = logging.getLogger(__name__)


class HuurVerlopen(Exception):
    """The fence may be somebody else's by now: send nothing more."""


class Pomp:
    """Runs while the fence is held; ends when nothing is due, the budget is spent, or told."""

    def __init__(self, werker: Werker, abonnement: int) -> None:
        self._werker, self._id = werker, abonnement
        self._einde = time.monotonic() + BUDGET
        self._gelezen = self._weer_kijken = 0.0
        self._voorraad: deque[Werk] = deque()
        self._bezig: dict[asyncio.Task[None], UUID] = {}
        self._bevestiger = Bevestiger(werker.pool, abonnement, werker.naam)
        self._onderbreker = Onderbreker(
            werker.pool, abonnement, werker.naam, settings.WEBHOOKS_TIJDSCHAAL
        )
        self._opsteller = Opsteller(werker.uitgang, werker.aanmelding)
        self._tempo: Tempo = werker.tempo(abonnement)
        self._stand: Stand | None = None
        self._plaatsen, self._plaatsen_voor = asyncio.Semaphore(1), 0

    async def draai(self) -> None:
        """Deliver what is due; raises what a lane raised, after the acker is done."""
        try:
            await self._bezorg_tot_niets_meer()
            await self._wacht_op_banen()
        finally:
            for taak in self._bezig:
                taak.cancel()
            await asyncio.gather(*self._bezig, return_exceptions=True)
            await self._bevestiger.sluit()
            velden = {"abonnement": self._id, "bezorgd": self._bevestiger.bevestigd}
            logger.info("webhook.pomp", extra=velden)

    async def _bezorg_tot_niets_meer(self) -> None:
        while await self._mag_verder():
            if await self._vul() or self._bezig:
                await self._wacht()
            elif not self._tempo.vrij(self._actueel().per_minuut):
                await asyncio.sleep(KIJK)
            elif not await self._werker.kijker.wacht(self._id, TREUZEL):
                return

    async def _mag_verder(self) -> bool:
        if self._werker.stopt() or time.monotonic() > self._einde or self._onderbreker.stil:
            return False
        if time.monotonic() - self._gelezen > VERS or self._stand is None:
            self._stand = await lees_stand(self._werker.pool, self._id)
            self._gelezen = time.monotonic()
            if self._stand is not None and self._plaatsen_voor != self._stand.gelijktijdig:
                self._plaatsen_voor = self._stand.gelijktijdig
                self._plaatsen = asyncio.Semaphore(self._plaatsen_voor)
            if self._stand is not None and not self._bezig:
                self._onderbreker.lees(self._stand)
        stand = self._stand
        return stand is not None and stand.verzendbaar and stand.vrij and bool(stand.geheimen)

    async def _vul(self) -> bool:
        """Start a lane for each due baan there is room for; true when one was started."""
        stand, begonnen = self._actueel(), False
        proef = self._onderbreker.proeft
        ruimte = 1 if proef else stand.gelijktijdig * BANEN_PER_POST
        while len(self._bezig) < ruimte and self._tempo.vrij(stand.per_minuut):
            if not self._voorraad and not await self._claim(stand, proef):
                break
            self._begin(self._voorraad.popleft())
            begonnen = True
        return begonnen

    async def _claim(self, stand: Stand, proef: bool) -> bool:
        """Read what is due; when that was all, not again within `KIJK` while lanes are busy."""
        if self._bezig and time.monotonic() < self._weer_kijken:
            return False
        diep = 1 if proef or stand.per_minuut else DIEP
        banen = 1 if proef else BANEN
        bezig = list(self._bezig.values())
        gelezen = await claim(self._werker.pool, stand, bezig, banen=banen, diep=diep)
        self._voorraad.extend(gelezen)
        self._weer_kijken = 0.0 if len(gelezen) == banen else time.monotonic() + KIJK
        return bool(gelezen)

    def _begin(self, werk: Werk) -> None:
        self._tempo.neem(self._actueel().per_minuut)
        taak = asyncio.create_task(self._baan(werk))
        self._bezig[taak] = werk.onderwerp

    async def _wacht(self) -> None:
        """Until a lane ends, or it is time to look again; a fault in a lane ends the pump."""
        klaar, _ = await asyncio.wait(
            self._bezig, timeout=KIJK, return_when=asyncio.FIRST_COMPLETED
        )
        self._ruim(klaar)

    async def _wacht_op_banen(self) -> None:
        if self._bezig:
            klaar, _ = await asyncio.wait(self._bezig, return_when=asyncio.FIRST_EXCEPTION)
            self._ruim(klaar)

    def _ruim(self, klaar: set[asyncio.Task[None]]) -> None:
        for taak in klaar:
            del self._bezig[taak]
            taak.result()

    async def _baan(self, werk: Werk) -> None:
        for kop in werk.koppen:
            if not await self._probeer(werk, kop) or self._moet_stoppen():
                return
        if len(werk.koppen) == DIEP:
            self._weer_kijken = 0.0

    def _moet_stoppen(self) -> bool:
        stand = self._actueel()
        mag = stand.verzendbaar and stand.vrij and not self._onderbreker.stil
        return not mag or self._werker.stopt() or time.monotonic() > self._einde

    def _actueel(self) -> Stand:
        """The abonnement as last read, at most a second ago: a lane may take minutes."""
        assert self._stand is not None  # noqa: S101 - _mag_verder read it
        return self._stand

    async def _probeer(self, werk: Werk, kop: Kop) -> bool:
        """Send one message; true when its acknowledgement is committed."""
        bezorgd = await self._post_op_beurt(werk, kop)
        if bezorgd is None:
            return False
        await self._bevestiger.bevestig(bezorgd)
        self._werker.cijfers.vertraging(self._id, kop.feiten.gebeurd_op, eerste=not kop.pogingen)
        await self._onderbreker.gelukt()
        return True

    async def _post_op_beurt(self, werk: Werk, kop: Kop) -> Bezorgd | None:
        """Post when there is a place; a failure is written down before the place is free again."""
        async with self._plaatsen:
            if self._moet_stoppen():
                return None
            self._bevestiger.bezig += 1
            try:
                antwoord = await self._post(kop)
            finally:
                self._bevestiger.bezig -= 1
            gevolg = vervolg(antwoord.status, antwoord.retry_after, dt.datetime.now(dt.UTC))
            self._log(kop, antwoord, gevolg.oordeel)
            self._werker.cijfers.poging(self._id, gevolg.oordeel, antwoord.duur_ms)
            if gevolg.oordeel is not Oordeel.BEZORGD:
                await self._onderbreker.mislukt(werk, kop, antwoord, gevolg)
                return None
        return Bezorgd(kop.id, antwoord.status or 0, antwoord.duur_ms, antwoord.tekst)

    async def _post(self, kop: Kop) -> Antwoord:
        antwoord = await self._post_eens(kop)
        if antwoord.status == 401 and self._opsteller.vergeet_token(self._actueel()):
            return await self._post_eens(kop)
        return antwoord

    async def _post_eens(self, kop: Kop) -> Antwoord:
        zending = await self._opsteller.stel_op(self._actueel(), kop)
        if isinstance(zending, Antwoord):
            return zending
        if not self._werker.slot.zeker:
            raise HuurVerlopen
        return await bezorg(zending.sessie, zending.doel, zending.inhoud, zending.koppen)

    def _log(self, kop: Kop, antwoord: Antwoord, oordeel: Oordeel) -> None:
        """Every try has its row (Poging); a line of its own is for what went wrong.

        Never the url, and never what the receiver said: it may quote a value.
        """
        niveau = logging.DEBUG if oordeel is Oordeel.BEZORGD else logging.INFO
        velden = {
            "abonnement": self._id,
            "bezorging": kop.id,
            "poging": kop.pogingen + 1,
            "status": antwoord.status,
            "duur_ms": antwoord.duur_ms,
            "fout": antwoord.foutsoort,
        }
        logger.log(niveau, "webhook.poging", extra=velden)
