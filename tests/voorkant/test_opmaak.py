"""The HTML of every page, and of every part that htmx gets, is valid."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import Venster, log_in
from tests.voorkant import nu
from tests.voorkant.test_keuring import TALEN, bezoek, kies_taal
from tests.voorkant.toestanden import ALLES

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response


def bewaar_antwoorden(bladzijde: "Page") -> list["Response"]:
    """Every answer this page will get, as they come."""
    antwoorden: list[Response] = []
    bladzijde.on("response", lambda antwoord: antwoorden.append(antwoord))
    return antwoorden


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


@pytest.mark.e2e
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("toneel")
def test_alle_opmaak_is_geldig(venster: Venster, tmp_path: Path) -> None:
    personen = {(pagina.wie, pagina.middel) for pagina in ALLES}
    for klaar in {pagina.klaar for pagina in ALLES if pagina.klaar}:
        klaar()
    for wie, middel in sorted(personen):
        bladzijde = venster()
        if wie:
            log_in(bladzijde, wie, middel=middel, niveau=30)
        for pagina in (p for p in ALLES if (p.wie, p.middel) == (wie, middel)):
            for taal in TALEN:  # both at once: a later state may delete what this one shows
                bladzijde.goto("/hulp/")
                kies_taal(bladzijde, taal)
                antwoorden = bewaar_antwoorden(bladzijde)
                bezoek(bladzijde, pagina)
                for nummer, html in enumerate(html_uit(antwoorden)):
                    (tmp_path / f"{pagina.naam}-{taal}-{nummer}.html").write_text(html)
    klachten = nu.keur(tmp_path)
    assert not klachten, "\n".join(klachten)


@pytest.mark.e2e
def test_een_ingebouwde_fout_in_de_opmaak_wordt_gevonden(tmp_path: Path) -> None:
    (tmp_path / "fout.html").write_text(nu.als_bladzijde("<p><h2 id=a>x</h2><i id=a></p>"))
    assert nu.keur(tmp_path)
