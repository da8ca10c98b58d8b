"""A pump behind its fence: take it, pump, give it back, and look once more."""

import asyncio
import datetime as dt
import logging

from portal.webhooks.pomp.bevestiger import Ingehaald
from portal.webhooks.pomp.pomp import HuurVerlopen, Pomp
from portal.webhooks.pomp.rijen import eerstvolgende
from portal.webhooks.pomp.wekker import wek_pomp
from portal.webhooks.pomp.werker import Werker

logger = logging.getLogger(__name__)


async def pomp_achter_hek(werker: Werker, abonnement: int) -> None:
    """Pump one abonnement unless somebody does; this process counts too (re-entrant locks)."""
    if abonnement in werker.slot.pompen:
        return
    taak = asyncio.create_task(_pomp(werker, abonnement))
    werker.slot.pompen[abonnement] = taak
    try:
        await asyncio.wait([taak])
    except asyncio.CancelledError:
        taak.cancel()
        await asyncio.wait([taak])
        raise
    finally:
        del werker.slot.pompen[abonnement]
    if not taak.cancelled() and taak.result():
        await kijk_nog_eens(werker, abonnement)


async def _pomp(werker: Werker, abonnement: int) -> bool:
    """Return whether this process had the fence."""
    if not await werker.slot.neem(abonnement):
        return False
    try:
        await Pomp(werker, abonnement).draai()
    except Ingehaald:
        werker.cijfers.tel("dubbel_ingehaald", abonnement)
        logger.warning("abonnement %d: een andere werker bezorgde al, gestopt", abonnement)
    except HuurVerlopen:
        logger.warning("abonnement %d: het slot is niet zeker meer, gestopt", abonnement)
    finally:
        await werker.slot.geef_terug(abonnement)
    return True


async def kijk_nog_eens(werker: Werker, abonnement: int) -> None:
    """Look after unlocking: what was written while we looked away found a closed fence.

    Figures come after: they may have to wait for another worker, or fail.
    """
    op = await eerstvolgende(werker.pool, abonnement)
    if op is not None and not werker.stopt():
        nu = dt.datetime.now(dt.UTC)
        await wek_pomp(abonnement, op if op > nu else None)
    await werker.cijfers.schrijf(werker.pool)
