"""The HTML of every page, and of every part that htmx gets, is valid; and no page is forgotten."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.browser import Venster, log_in
from tests.voorkant import dekking, keuring, nu
from tests.voorkant.decor import zet_klaar
from tests.voorkant.dekking import Plek
from tests.voorkant.paginas import LIJST, Pagina, mensen
from tests.voorkant.test_keuring import TALEN, THEMAS, bezoek, kies_taal
from tests.voorkant.toestanden import TOESTANDEN
from tests.voorkant.varianten import VARIANTEN

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response


def html_uit(antwoorden: list["Response"]) -> list[str]:
    """The bodies that are HTML; a redirect has none, and neither has a page that was left."""
    from playwright.sync_api import Error  # a second for who opens no browser

    gevonden = []
    for antwoord in antwoorden:
        is_html = antwoord.headers.get("content-type", "").startswith("text/html")
        if is_html and antwoord.status not in {302, 303}:
            with suppress(Error):
                gevonden.append(nu.als_bladzijde(antwoord.text()))
    return gevonden


def een_blik(bladzijde: "Page", thema: str) -> list[str]:
    """What a state that differs in words only is judged on, once per language and theme."""
    klachten = keuring.axe(bladzijde) + keuring.vorm(bladzijde) + keuring.kleur(bladzijde, thema)
    bladzijde.set_viewport_size({"width": 320, "height": 800})
    klachten += [f"320 px: {el}" for el in keuring.meet(bladzijde, "overloop")]
    bladzijde.set_viewport_size({"width": 1280, "height": 900})
    return klachten


def bezoek_alle(bladzijde: "Page", paginas: list[Pagina], thema: str, naar: Path) -> list[str]:
    """Visit these states in turn, keep the HTML of each; return what one look finds."""
    antwoorden: list[Response] = []
    bladzijde.on("response", lambda antwoord: antwoorden.append(antwoord))
    klachten = []
    for pagina in paginas:
        zet_klaar(pagina)
        antwoorden.clear()
        bezoek(bladzijde, pagina)
        for nummer, html in enumerate(html_uit(antwoorden)):
            (naar / f"{pagina.naam}-{nummer}.html").write_text(html)
        if pagina.een_keer:
            klachten += keuring.meld(een_blik(bladzijde, thema), pagina.naam)
    return klachten


@pytest.mark.e2e
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("toneel")
@pytest.mark.parametrize(("taal", "thema"), list(zip(TALEN, THEMAS, strict=True)))
def test_alle_opmaak_is_geldig_en_geen_toestand_vergeten(
    venster: Venster, settings: Settings, tmp_path: Path, getekend: set[Plek], taal: str, thema: str
) -> None:
    settings.THEMA, klachten = thema, []
    mensen()
    for lijst in (LIJST, VARIANTEN, TOESTANDEN):  # a login each: some acts want a fresh one
        for wie, middel in sorted({(pagina.wie, pagina.middel) for pagina in lijst}):
            bladzijde = venster()
            if wie:
                log_in(bladzijde, wie, middel=middel, niveau=30)
            bladzijde.goto("/hulp/")
            kies_taal(bladzijde, taal)
            van_wie = [pagina for pagina in lijst if (pagina.wie, pagina.middel) == (wie, middel)]
            klachten += bezoek_alle(bladzijde, van_wie, thema, tmp_path)
    klachten += nu.keur(tmp_path) + dekking.vergeten(getekend)
    assert not klachten, "\n".join(klachten)


def test_een_sjabloon_dat_niemand_bezoekt_wordt_gevonden() -> None:
    alles = {plek for naam in dekking.sjablonen() for plek in dekking.plekken(naam)}
    assert dekking.vergeten(alles) == []
    wel = {plek for plek in alles if plek[0] != "mijn/melding.html"}
    assert [regel.split(":")[0] for regel in dekking.vergeten(wel)] == ["mijn/melding.html"]


@pytest.mark.e2e
def test_een_ingebouwde_fout_in_de_opmaak_wordt_gevonden(tmp_path: Path) -> None:
    (tmp_path / "fout.html").write_text(nu.als_bladzijde("<p><h2 id=a>x</h2><i id=a></p>"))
    assert nu.keur(tmp_path)
