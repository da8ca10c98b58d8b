"""A page weighs at most 100 kB in 10 requests on a cold visit, and 20 kB on the next."""

import gzip
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
import pytest

from tests.browser import Venster, log_in
from tests.voorkant.paginas import mensen

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

KOPPEN = 600  # bytes of headers per answer, generously
AL_KLEIN = ("font/", "image/png")


def gewicht(antwoord: "Response") -> int:
    """Bytes on the wire: static files as whitenoise sends them (brotli), pages gzipped."""
    lichaam, soort = antwoord.body(), antwoord.headers.get("content-type", "")
    if soort.startswith(AL_KLEIN):
        return len(lichaam) + KOPPEN
    if soort.startswith("text/html"):
        return len(gzip.compress(lichaam, compresslevel=6)) + KOPPEN
    return len(brotli.compress(lichaam)) + KOPPEN


def bezoek(bladzijde: "Page", adres: str) -> dict[str, int]:
    """What a visit asks for, and what each answer weighs; from the cache weighs nothing."""
    bladzijde.goto("about:blank")  # what the page before still asked for is not of this visit
    antwoorden: list[Response] = []
    bladzijde.on("response", lambda antwoord: antwoorden.append(antwoord))
    bladzijde.goto(adres, wait_until="networkidle")
    return {a.url: gewicht(a) for a in antwoorden if not a.from_service_worker}


def verkeer(bladzijde: "Page", adres: str) -> dict[str, int]:
    """The bytes Chromium really got for each part of a visit, headers too; a 304 counts."""
    bladzijde.goto("about:blank")
    cdp = bladzijde.context.new_cdp_session(bladzijde)
    waar, omvang = dict[str, str](), Counter[str]()
    cdp.on(
        "Network.requestWillBeSent", lambda v: waar.update({v["requestId"]: v["request"]["url"]})
    )
    cdp.on(
        "Network.loadingFinished",
        lambda klaar: omvang.update({klaar["requestId"]: int(klaar["encodedDataLength"])}),
    )
    cdp.send("Network.enable")
    bladzijde.goto(adres, wait_until="networkidle")
    cdp.detach()
    return {urlsplit(waar[nummer]).path: aantal for nummer, aantal in omvang.items()}


@pytest.mark.e2e
def test_mijn_gegevens_is_licht_op_een_koude_cache(venster: Venster) -> None:
    mensen()
    bladzijde = venster()
    log_in(bladzijde, "noor")
    bladzijde.context.new_cdp_session(bladzijde).send("Network.clearBrowserCache")
    delen = bezoek(bladzijde, "/mijn-gegevens/")
    assert len(delen) <= 10, "\n".join(delen)
    assert sum(delen.values()) <= 100_000, delen


@pytest.mark.e2e
def test_een_volgende_bladzijde_kost_met_alles_erbij_hooguit_20_kb(venster: Venster) -> None:
    mensen()
    bladzijde = venster()
    log_in(bladzijde, "noor")
    bladzijde.context.new_cdp_session(bladzijde).send("Network.clearBrowserCache")
    assert sum(verkeer(bladzijde, "/overzicht/").values()) > 20_000  # so the cache is what helps
    for adres in ("/mijn-gegevens/", "/geschiedenis/"):
        over_de_lijn = verkeer(bladzijde, adres)
        assert over_de_lijn[adres] > 1000, over_de_lijn
        assert sum(over_de_lijn.values()) <= 20_000, over_de_lijn
