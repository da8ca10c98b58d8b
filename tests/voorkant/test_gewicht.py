"""A page weighs at most 100 kB in 10 requests on a cold visit, and 20 kB on the next."""

import gzip
from typing import TYPE_CHECKING

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
def test_de_bladzijde_zelf_blijft_onder_20_kb(venster: Venster) -> None:
    mensen()
    bladzijde = venster()
    log_in(bladzijde, "noor")
    antwoord = bladzijde.goto("/mijn-gegevens/")
    assert antwoord is not None
    assert gewicht(antwoord) <= 20_000
