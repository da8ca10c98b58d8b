"""The breaker: what a result means for the abonnement as a whole."""

import datetime as dt
import logging
import secrets
import time

from psycopg_pool import AsyncConnectionPool

from portal.webhooks.bezorging import ADRES_GEWEIGERD, Antwoord
from portal.webhooks.pomp.rijen import (
    GELUKT,
    STORING,
    UITGEZET,
    Kop,
    Mislukking,
    Stand,
    Werk,
    geweigerde_banen,
    leg_mislukking_vast,
    schrijf,
)
from portal.webhooks.pomp.tijden import GELUKT_ELKE
from portal.webhooks.vervolg import (
    DREMPEL,
    OPGEVEN,
    Oordeel,
    Vervolg,
    is_open,
    onderbreking,
    wacht_na_storing,
    wacht_na_weigering,
)
from portal.webhooks.wacht import wek_wacht_vanuit_de_pomp

logger = logging.getLogger(__name__)
NIETS = dt.timedelta(0)


class Onderbreker:
    """Lives as long as its pump; the fence makes it the only one that counts.

    `stil` is true when nothing more may be sent now: opened, asked for rest, or switched off.
    """

    def __init__(
        self, pool: AsyncConnectionPool, abonnement: int, werker: str, schaal: float
    ) -> None:
        self._pool, self._abonnement, self._werker = pool, abonnement, werker
        self._schaal = schaal
        self._gemeld = 0.0
        self._geweigerd = False
        self.achtereen = 0
        self.stil = False

    def lees(self, stand: Stand) -> None:
        """Take over what the row says."""
        self.achtereen = stand.mislukt_achtereen

    @property
    def proeft(self) -> bool:
        """Open, and its pause is over: one baan, one message."""
        return is_open(self.achtereen)

    async def gelukt(self) -> None:
        """A success closes the breaker at once; otherwise it is noted every few seconds.

        After a refusal it is noted at once too: no refusal lies between `gelukt_op` and the last
        success, so what is refused after `gelukt_op` was refused with no success between.
        """
        was_open, anders = self.proeft, self.achtereen > 0 or self._geweigerd
        if not anders and time.monotonic() - self._gemeld < GELUKT_ELKE:
            return
        self.achtereen, self._geweigerd, self._gemeld = 0, False, time.monotonic()
        await self._voer_uit(GELUKT, was_open=was_open)

    async def mislukt(self, werk: Werk, kop: Kop, antwoord: Antwoord, vervolg: Vervolg) -> None:
        """Write the try down; let the baan, the abonnement or both wait."""
        weigering = vervolg.oordeel is Oordeel.BERICHT
        wacht = (
            wacht_na_weigering(werk.fouten + 1, _kans())
            if weigering
            else wacht_na_storing(kop.pogingen + 1)
        )
        mislukking = Mislukking(
            bezorging=kop.id,
            onderwerp=werk.onderwerp,
            status=antwoord.status,
            duur=antwoord.duur_ms,
            foutsoort=antwoord.foutsoort,
            antwoord=antwoord.tekst,
            wacht=wacht * self._schaal,
            weigering=weigering,
        )
        await leg_mislukking_vast(
            self._pool, self._abonnement, mislukking, self._werker, OPGEVEN * self._schaal
        )
        self._geweigerd = self._geweigerd or weigering  # only now: its moment is written
        await self._van_wie(vervolg)
        if antwoord.foutsoort in ADRES_GEWEIGERD:
            logger.error("webhook.adres_geweigerd", extra={"abonnement": self._abonnement})
            await wek_wacht_vanuit_de_pomp()

    async def _van_wie(self, vervolg: Vervolg) -> None:
        if vervolg.oordeel is Oordeel.EINDE:
            self.stil = True
            await self._voer_uit(UITGEZET, reden="ontvanger antwoordde 410 (bestaat niet meer)")
            logger.error("abonnement %d uitgezet: ontvanger antwoordde 410", self._abonnement)
        elif vervolg.oordeel is Oordeel.ONTVANGER or await self._alles_geweigerd():
            await self._storing(vervolg.rust)

    async def _alles_geweigerd(self) -> bool:
        """Five banen refused and nothing delivered since: it is the receiver after all."""
        if self.proeft:
            return True
        if await geweigerde_banen(self._pool, self._abonnement) < DREMPEL:
            return False
        self.achtereen = max(self.achtereen, DREMPEL - 1)
        return True

    async def _storing(self, rust: dt.timedelta | None) -> None:
        """Count it once: what was under way when the breaker opened does not count again."""
        if self.stil and rust is None:
            return
        if not self.stil:
            self.achtereen += 1
        pauze = onderbreking(self.achtereen, _kans()) * self._schaal if self.proeft else NIETS
        self.stil = self.stil or self.proeft or rust is not None
        await self._voer_uit(STORING, achtereen=self.achtereen, pauze=max(pauze, rust or NIETS))

    async def _voer_uit(self, opdracht: str, **waarden: object) -> None:
        await schrijf(self._pool, opdracht, {"id": self._abonnement, **waarden})


def _kans() -> float:
    return secrets.randbelow(1000) / 1000
