"""Every page in every language, theme and width: axe, shape, room, and an empty console."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.browser import Venster, log_in
from tests.voorkant import keuring
from tests.voorkant.paginas import Pagina
from tests.voorkant.toestanden import ALLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEMAS, TALEN = ("waterveen", "zandrijk"), ("nl", "en")


def bezoek(bladzijde: "Page", pagina: Pagina) -> None:
    """Bring the page into the state that is listed."""
    bladzijde.goto(pagina.pad)
    if pagina.stap:
        pagina.stap(bladzijde)


def kies_taal(bladzijde: "Page", taal: str) -> None:
    """Choose the language as a person does, unless it is there already."""
    if bladzijde.locator("html").get_attribute("lang") != taal:
        bladzijde.locator(f'.kg-taal button[value="{taal}"]').click()
        bladzijde.wait_for_selector(f'html[lang="{taal}"]')


def _breed_en_smal(bladzijde: "Page", pagina: Pagina) -> list[str]:
    bladzijde.set_viewport_size({"width": 1280, "height": 900})
    bezoek(bladzijde, pagina)
    klachten = keuring.axe(bladzijde) + keuring.vorm(bladzijde)
    bladzijde.set_viewport_size({"width": 390, "height": 800})
    klachten += keuring.vorm(bladzijde)
    if bladzijde.locator("html").get_attribute("lang") == "nl":  # axe is the slow part
        klachten += keuring.axe(bladzijde)
    klachten += keuring.smal(bladzijde)
    bladzijde.set_viewport_size({"width": 1280, "height": 900})
    return klachten


@pytest.mark.e2e
@pytest.mark.timeout(180)
@pytest.mark.usefixtures("toneel")
@pytest.mark.parametrize("pagina", ALLES, ids=lambda pagina: pagina.naam)
def test_de_bladzijde_doorstaat_elke_keuring(
    venster: Venster, settings: Settings, pagina: Pagina
) -> None:
    if pagina.klaar:
        pagina.klaar()
    bladzijde, klachten = venster(), []
    if pagina.wie:
        log_in(bladzijde, pagina.wie, middel=pagina.middel, niveau=pagina.niveau)
    for taal in TALEN:
        bladzijde.goto("/hulp/")
        kies_taal(bladzijde, taal)
        settings.THEMA = "waterveen"
        klachten += keuring.meld(_breed_en_smal(bladzijde, pagina), f"{pagina.naam} {taal}")
    settings.THEMA = "zandrijk"  # the room that a text takes does not depend on the colours
    bezoek(bladzijde, pagina)
    gevonden = keuring.axe(bladzijde) + keuring.vorm(bladzijde)
    klachten += keuring.meld(gevonden, f"{pagina.naam} zandrijk")
    assert not klachten, "\n".join(klachten)


@pytest.mark.e2e
def test_een_ingebouwde_fout_wordt_gevonden(venster: Venster) -> None:
    bladzijde = venster()
    bladzijde.goto("/hulp/")
    bladzijde.evaluate(
        "() => { const main = document.querySelector('main');"
        " main.append(document.createElement('img'), document.createElement('h5'));"
        " main.querySelector('h5').textContent = 'te diep';"
        " main.style.color = 'rgb(81, 21, 239)'; main.style.width = '3000px'; }"
    )
    gevonden = " ".join(keuring.axe(bladzijde) + keuring.vorm(bladzijde) + keuring.smal(bladzijde))
    for teken in ("image-alt", "kop slaat over", "violet", "320 px"):
        assert teken in gevonden
