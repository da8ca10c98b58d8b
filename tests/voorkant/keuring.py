"""What is measured on a page, as a list of complaints; empty is good."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE_OPTIES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
            "EN-301-549",
        ],
    }
}
METINGEN = (Path(__file__).parent / "metingen.js").read_text()
VIOLET = ["81, 21, 239", "63, 17, 186"]
"""Of the example theme of NL Design System, and its darker brother."""
BLAUW = ["11, 88, 118", "8, 63, 85", "4, 33, 45", "47, 124, 155"]
"""The accents of the portal itself (docs/thema.md), which Zandrijk replaces."""


def meet(bladzijde: "Page", wat: str, bij: Any = None) -> list[Any]:
    """The result of one function of metingen.js in this page."""
    uitslag: list[Any] = bladzijde.evaluate(f"(bij) => {METINGEN.strip()}.{wat}(bij)", bij)
    return uitslag


def axe(bladzijde: "Page") -> list[str]:
    """Violations, and what axe could not decide: rule, element."""
    uitslag = Axe().run(bladzijde, options=AXE_OPTIES).response
    # axe looks through an open dialog at the page behind it, and then does not know the colour.
    doorkijk = bladzijde.locator("dialog[open]").count() > 0
    return [
        f"axe {soort} {regel['id']}: {knoop['html'][:120]} {_reden(knoop)}"
        for soort in ("violations", "incomplete")
        for regel in uitslag[soort]
        for knoop in regel["nodes"]
        if not (doorkijk and soort == "incomplete" and "partially overlaps" in _reden(knoop))
    ]


def _reden(knoop: dict[str, Any]) -> str:
    redenen = [*knoop["any"], *knoop["all"], *knoop["none"]]
    return str(redenen[0]["message"]) if redenen else ""


def vorm(bladzijde: "Page") -> list[str]:
    """One h1, no heading level skipped, targets of 24 px."""
    klachten = [f"doel te klein: {doel}" for doel in meet(bladzijde, "doelen")]
    niveaus: list[int] = meet(bladzijde, "koppen")
    if niveaus.count(1) != 1:
        klachten.append(f"h1: {niveaus.count(1)}")
    return klachten + [
        f"kop slaat over: {een} naar {twee}" for een, twee in pairwise(niveaus) if twee > een + 1
    ]


def kleur(bladzijde: "Page", thema: str) -> list[str]:
    """Nothing in the violet of the source, nor in a colour that the theme replaces."""
    vreemd = VIOLET if thema == "waterveen" else VIOLET + BLAUW
    return [f"vreemde kleur: {kleur}" for kleur in meet(bladzijde, "kleuren", vreemd)]


def toetsenbord(bladzijde: "Page") -> list[str]:
    """What one can click can get focus, and shows that it has it (WCAG 2.1.1, 2.4.7)."""
    bladzijde.keyboard.press("Tab")  # from here on focus comes from the keyboard, and is drawn
    return [f"met het toetsenbord: {el}" for el in meet(bladzijde, "zonderFocus")]


def smal(bladzijde: "Page") -> list[str]:
    """Nothing sticks out at 320 px, at text of 200 %, with the text spacing of WCAG 1.4.12."""
    bladzijde.set_viewport_size({"width": 320, "height": 800})
    klachten = [f"320 px: {el}" for el in meet(bladzijde, "overloop")]
    bladzijde.set_viewport_size({"width": 1280, "height": 800})
    klachten += [f"letters op 200 %: {el}" for el in meet(bladzijde, "vergroot")]
    bladzijde.set_viewport_size({"width": 320, "height": 800})
    return klachten + [f"tekstafstand: {el}" for el in meet(bladzijde, "tekstafstand")]


def meld(klachten: list[str], waar: str) -> list[Any]:
    """The complaints with the place where they were found."""
    return [f"{waar}: {klacht}" for klacht in klachten]
