"""After logging out nothing is left in the browser, also not behind the Back button.

Playwright switches the back/forward cache off; here it is on, and that is proven first.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import Toezicht, log_in, open_venster, start_chromium
from tests.voorkant.paginas import mensen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

KANARIE = re.compile("Noor de Vries|noor.devries|Rue de la Loi|0417164300|999990019")
PAD_VAN_HTMX = "htmx-current-path-for-history"
"""htmx notes the address of the page that is shown, also of one for everybody."""
ALLES = """() => document.documentElement.outerHTML + document.title + location.href
  + JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})
  + [...document.querySelectorAll('input, textarea')].map((el) => el.value).join(' ')"""


@pytest.fixture(scope="module")
def met_bfcache(speler: "Playwright") -> Iterator["Browser"]:
    browser = start_chromium(speler, bfcache=True)
    yield browser
    browser.close()


@pytest.fixture
def bladzijde(met_bfcache: "Browser", portaal: str) -> Iterator["Page"]:
    mensen()
    bladzijde = open_venster(met_bfcache, portaal, Toezicht())
    yield bladzijde
    bladzijde.context.close()


def terug(bladzijde: "Page") -> None:
    """Press Back; a restored page fires no load event, so wait for the address and a moment."""
    bladzijde.go_back(wait_until="commit")
    bladzijde.wait_for_load_state("networkidle")


def eis_leeg(bladzijde: "Page") -> None:
    gevonden = KANARIE.findall(bladzijde.evaluate(ALLES))
    assert gevonden == [], f"nog te zien na uitloggen: {bladzijde.url}"
    bewaard = bladzijde.evaluate("({...localStorage, ...sessionStorage})")
    assert bewaard.keys() <= {PAD_VAN_HTMX}, "de opslag van de browser is niet leeg"
    assert "mijn-gegevens" not in bewaard.get(PAD_VAN_HTMX, "").partition("?")[0]


def twee_paginas_verder(bladzijde: "Page") -> None:
    """Two personal pages, one through an edit in its row."""
    log_in(bladzijde, "noor", niveau=30)
    bladzijde.goto("/mijn-gegevens/")
    bladzijde.evaluate("sessionStorage.setItem('x', 1); localStorage.setItem('y', 2)")
    assert KANARIE.search(bladzijde.evaluate(ALLES))
    bladzijde.locator('a[href="/mijn-gegevens/naam/"][data-hx-get]').first.click()
    bladzijde.locator(".kg-bewerk input:visible").first.fill("Noor de Vries-Bakker")
    bladzijde.goto("/overzicht/")


@pytest.mark.e2e
def test_de_cache_voor_terug_en_vooruit_staat_aan(bladzijde: "Page") -> None:
    bladzijde.route(
        "**/proef-*",
        lambda route: route.fulfill(
            body="<!doctype html><title>proef</title><script>addEventListener('pageshow', "
            "(e) => { document.title = String(e.persisted); });</script>",
            content_type="text/html",
        ),
    )
    bladzijde.goto("/proef-1")
    bladzijde.goto("/proef-2")
    bladzijde.go_back(wait_until="commit")
    bladzijde.wait_for_function("() => document.title === 'true'")


@pytest.mark.e2e
def test_na_uitloggen_laat_terug_niets_zien(bladzijde: "Page") -> None:
    twee_paginas_verder(bladzijde)
    bladzijde.get_by_role("button", name="Uitloggen").click()
    bladzijde.wait_for_url(re.compile("uitgelogd|uitloggen"))
    eis_leeg(bladzijde)
    for _ in range(2):
        terug(bladzijde)
        eis_leeg(bladzijde)


@pytest.mark.e2e
def test_na_het_einde_van_de_sessie_laat_terug_niets_zien(bladzijde: "Page") -> None:
    twee_paginas_verder(bladzijde)
    bladzijde.goto("/sessie-verlopen/")
    for _ in range(2):
        terug(bladzijde)
        eis_leeg(bladzijde)


@pytest.mark.e2e
def test_een_tweede_tabblad_laat_na_uitloggen_niets_meer_zien(bladzijde: "Page") -> None:
    twee_paginas_verder(bladzijde)
    tweede = bladzijde.context.new_page()
    tweede.goto("/mijn-gegevens/")
    bladzijde.get_by_role("button", name="Uitloggen").click()
    bladzijde.wait_for_url(re.compile("uitgelogd|uitloggen"))
    tweede.reload()
    eis_leeg(tweede)
