"""`make screens`: a picture of every page and state, both widths and themes, with an index.

Not collected by a plain pytest run; the pictures land in var/screens.
"""

from html import escape
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.browser import Venster, log_in
from tests.voorkant.decor import zet_klaar
from tests.voorkant.paginas import Pagina
from tests.voorkant.test_keuring import THEMAS, bezoek
from tests.voorkant.toestanden import ALLES

MAP = Path(__file__).resolve().parents[2] / "var" / "screens"
BREEDTES = (1280, 390)


@pytest.mark.e2e
@pytest.mark.timeout(180)
@pytest.mark.usefixtures("toneel")
@pytest.mark.parametrize("pagina", ALLES, ids=lambda pagina: pagina.naam)
def test_maak_de_schermen(venster: Venster, settings: Settings, pagina: Pagina) -> None:
    zet_klaar(pagina)
    bladzijde = venster(reduced_motion="reduce")
    if pagina.wie:
        log_in(bladzijde, pagina.wie, middel=pagina.middel, niveau=pagina.niveau)
    for thema in THEMAS[: 1 if pagina.een_keer else None]:
        settings.THEMA = thema
        (MAP / thema).mkdir(parents=True, exist_ok=True)
        for breedte in BREEDTES:
            bladzijde.set_viewport_size({"width": breedte, "height": 900})
            bezoek(bladzijde, pagina)
            bladzijde.screenshot(path=MAP / thema / f"{pagina.naam}-{breedte}.png", full_page=True)
    _schrijf_index()


def _schrijf_index() -> None:
    """One page with every picture, grouped by page."""
    rijen = []
    for pagina in ALLES:
        beelden = [
            f'<a href="{thema}/{pagina.naam}-{breedte}.png">'
            f'<img src="{thema}/{pagina.naam}-{breedte}.png" alt="{thema} {breedte}" height="320">'
            "</a>"
            for thema in THEMAS
            for breedte in BREEDTES
            if (MAP / thema / f"{pagina.naam}-{breedte}.png").exists()
        ]
        rijen.append(f"<h2>{escape(pagina.naam)}</h2><p>{' '.join(beelden)}</p>")
    tekst = "<!doctype html><meta charset=utf-8><title>Schermen</title>" + "".join(rijen)
    (MAP / "index.html").write_text(tekst)
