"""Every page and state: axe, shape, keyboard, room, and an empty console.

Each page in both languages in both themes, each of which also comes at both widths: four turns
(`BEURTEN`), so not every width of every pair (record 0157). Room, which does not depend on the
colours, in both languages.
"""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.browser import Venster, log_in
from tests.voorkant import keuring
from tests.voorkant.decor import zet_klaar
from tests.voorkant.paginas import Pagina
from tests.voorkant.toestanden import ALLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

VOLUIT = [pagina for pagina in ALLES if not pagina.een_keer]  # test_opmaak judges the others
THEMAS, TALEN = ("waterveen", "zandrijk"), ("nl", "en")
BEURTEN = {
    "nl": (("waterveen", 1280), ("zandrijk", 390)),
    "en": (("waterveen", 390), ("zandrijk", 1280)),
}


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


def _keur(bladzijde: "Page", pagina: Pagina, thema: str, breedte: int) -> list[str]:
    bladzijde.set_viewport_size({"width": breedte, "height": 900})
    bezoek(bladzijde, pagina)
    klachten = keuring.axe(bladzijde) + keuring.vorm(bladzijde) + keuring.kleur(bladzijde, thema)
    klachten += keuring.toetsenbord(bladzijde)
    return klachten + keuring.smal(bladzijde) if thema == "waterveen" else klachten


@pytest.mark.e2e
@pytest.mark.timeout(180)
@pytest.mark.usefixtures("toneel")
@pytest.mark.parametrize("pagina", VOLUIT, ids=lambda pagina: pagina.naam)
def test_de_bladzijde_doorstaat_elke_keuring(
    venster: Venster, settings: Settings, pagina: Pagina
) -> None:
    zet_klaar(pagina)
    bladzijde, klachten = venster(), []
    if pagina.wie:
        log_in(bladzijde, pagina.wie, middel=pagina.middel, niveau=pagina.niveau)
    for taal, beurten in BEURTEN.items():
        bladzijde.goto("/hulp/")
        kies_taal(bladzijde, taal)
        for thema, breedte in beurten:
            settings.THEMA = thema
            gevonden = _keur(bladzijde, pagina, thema, breedte)
            klachten += keuring.meld(gevonden, f"{pagina.naam} {taal} {thema} {breedte}")
        bladzijde.set_viewport_size({"width": 1280, "height": 900})
    assert not klachten, "\n".join(klachten)


@pytest.mark.e2e
def test_een_ingebouwde_fout_wordt_gevonden(venster: Venster) -> None:
    bladzijde = venster()
    bladzijde.goto("/hulp/")
    bladzijde.evaluate(
        "() => { const main = document.querySelector('main');"
        " main.append(document.createElement('img'), document.createElement('h5'));"
        " main.querySelector('h5').textContent = 'te diep';"
        " main.style.color = 'rgb(81, 21, 239)'; main.style.width = '3000px';"
        " main.querySelector('a').style.borderTopColor = '#0b5876';"
        " main.querySelector('a').style.outline = 'none'; }"
    )
    keuringen = (keuring.axe, keuring.vorm, keuring.toetsenbord, keuring.smal)
    gevonden = " ".join(klacht for keur in keuringen for klacht in keur(bladzijde))
    for teken in ("image-alt", "kop slaat over", "met het toetsenbord: A", "320 px"):
        assert teken in gevonden
    assert keuring.kleur(bladzijde, "waterveen") == ["vreemde kleur: 81, 21, 239"]
    assert "vreemde kleur: 11, 88, 118" in keuring.kleur(bladzijde, "zandrijk")
