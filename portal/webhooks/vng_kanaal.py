"""Ons kanaal bij een Notificaties API: een bron meldt het aan als het er nog niet is."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from portal.webhooks.bezorging import Doel, foutsoort
from portal.webhooks.vng import KANAAL, KENMERKEN

EINDE = "/notificaties"
LEES_HOOGUIT = 65_536
VERKEERD_ADRES = "Het adres van een Notificaties API eindigt op /notificaties."
ANDERE_FILTERS = "Het kanaal klanten bestaat daar met andere kenmerken."


async def meld_kanaal_aan(
    sessie: aiohttp.ClientSession, doel: Doel, koppen: dict[str, str], documentatie: str
) -> str:
    """Zorg dat het kanaal er is en onze kenmerken aanneemt; geef een zin als dat niet lukt.

    No test message is published: a routeringcomponent would pass it on to everybody.
    Source: standards/notificaties.md 2 (Kanaal), `POST /kanaal`.
    """
    if not doel.url.endswith(EINDE):
        return VERKEERD_ADRES
    adres = doel.url.removesuffix(EINDE) + "/kanaal"
    nieuw = {"naam": KANAAL, "documentatieLink": documentatie, "filters": sorted(KENMERKEN)}
    try:
        status, kanalen = await _vraag(sessie, doel, "GET", f"{adres}?naam={KANAAL}", koppen)
        ons = [k for k in kanalen if k.get("naam") == KANAAL]
        if status == 200 and not ons:
            status, ons = await _vraag(sessie, doel, "POST", adres, koppen, nieuw)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, AttributeError) as fout:
        return f"De Notificaties API antwoordt niet goed ({foutsoort(fout)})."
    if status not in {200, 201}:
        return f"De Notificaties API weigert het kanaal (status {status})."
    filters = {str(naam) for kanaal in ons for naam in kanaal.get("filters") or ()}
    return "" if filters <= KENMERKEN or filters >= KENMERKEN else ANDERE_FILTERS


async def _vraag(
    sessie: aiohttp.ClientSession,
    doel: Doel,
    methode: str,
    adres: str,
    koppen: dict[str, str],
    inhoud: Mapping[str, object] | None = None,
) -> tuple[int, list[dict[str, Any]]]:
    """Return the status and the kanalen in the answer; raises what aiohttp and json raise."""
    async with sessie.request(
        methode,
        adres,
        headers=koppen,
        data=json.dumps(inhoud) if inhoud else None,
        ssl=doel.tls,
        allow_redirects=False,
        timeout=aiohttp.ClientTimeout(total=doel.wacht, connect=5),
    ) as antwoord:
        if antwoord.status not in {200, 201}:
            return antwoord.status, []
        gelezen = b""
        async for brok in antwoord.content.iter_chunked(4096):
            gelezen += brok
            if len(gelezen) > LEES_HOOGUIT:
                raise ValueError("te groot")
        uit = json.loads(gelezen)
        return antwoord.status, uit if isinstance(uit, list) else [uit]
