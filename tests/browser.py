"""Pytest plugin: a real browser against a running portal, for every test marked `e2e`.

`portaal` is the address of the portal (a real server in this process, committed data, emptied
after each test). `venster(...)` opens a page: `breedte`, `js=False`, `kleuren="active"`, `taal`.
A test fails when the console is not empty. Traps: while the browser is open an event loop runs in
this thread, so `asyncio.run` must go into a thread of its own; time in the server is real time.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # the plugin is loaded before Django is set up, and for runs without a browser
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

OPTIES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A refused form, a conflict and an unknown page are answers; Chromium reports them all the same.
GEWOON = re.compile(
    r"Failed to load resource: the server responded with a status of (4\d\d|503)"
    r"|Response Status Error Code (4\d\d|503) from"
    r"|Clear-Site-Data header on .*: Cleared data types"
)

Venster = Callable[..., "Page"]


def chromium_pad(speler: "Playwright") -> str:
    """Where Chromium is: CHROMIUM, the machine's, or Playwright's own; fail when there is none."""
    eigen = os.environ.get("CHROMIUM", "")
    gevonden = next((pad for naam in NAMEN if (pad := shutil.which(naam))), "")
    for pad in (eigen, gevonden, speler.chromium.executable_path):
        if pad and Path(pad).exists():
            return pad
    pytest.fail("Geen Chromium gevonden. Installeer het (apt-get install chromium) of zet CHROMIUM")


def start_chromium(speler: "Playwright", *, bfcache: bool = False) -> "Browser":
    """Start Chromium; Playwright switches the back/forward cache off unless told otherwise."""
    uit = ["--disable-back-forward-cache"] if bfcache else None
    return speler.chromium.launch(
        executable_path=chromium_pad(speler), args=OPTIES, ignore_default_args=uit
    )


@pytest.fixture(scope="module")
def speler() -> Iterator["Playwright"]:
    """Playwright itself, per module: its event loop may not outlive the tests that need it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as speler, pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield speler


@pytest.fixture(scope="module")
def chromium(speler: "Playwright") -> Iterator["Browser"]:
    """One running Chromium for the tests of a module."""
    browser = start_chromium(speler)
    yield browser
    browser.close()


@pytest.fixture
def portaal(echte_transacties: None, live_server: Any, settings: Any) -> str:
    """The address of the running portal, which is also the address it knows itself by."""
    settings.PORTAAL_URL = live_server.url
    return str(live_server.url)


@dataclass
class Toezicht:
    """What went wrong in the browser without anyone looking: console, script errors, files."""

    klachten: list[str] = field(default_factory=list)

    def let_op(self, context: "BrowserContext", portaal: str) -> None:
        context.on("console", lambda m: self._console(m.text))
        context.on("weberror", lambda fout: self.klachten.append(f"script: {fout.error}"))
        context.on("request", lambda v: self._vraag(v.url, portaal))
        context.on("response", lambda a: self._antwoord(a.url, a.status))

    def _console(self, tekst: str) -> None:
        if not GEWOON.match(tekst):
            self.klachten.append(f"console: {tekst}")

    def _vraag(self, url: str, portaal: str) -> None:
        if not url.startswith((portaal, "data:", "about:", "blob:")):
            self.klachten.append(f"vraag aan een ander: {url}")

    def _antwoord(self, url: str, status: int) -> None:
        if "/static/" in url and status >= 400:
            self.klachten.append(f"bestand ontbreekt: {url}")


def open_venster(
    browser: "Browser",
    portaal: str,
    toezicht: Toezicht,
    *,
    breedte: int = 1280,
    js: bool = True,
    kleuren: str | None = None,
    taal: str = "nl-NL",
    **anders: Any,
) -> "Page":
    """A page in a context of its own: its cookies and storage are nobody else's."""
    context = browser.new_context(
        base_url=portaal,
        viewport={"width": breedte, "height": 900},
        java_script_enabled=js,
        forced_colors=kleuren,  # type: ignore[arg-type]  # "active" or None
        locale=taal,
        timezone_id="Europe/Amsterdam",
        **anders,
    )
    context.set_default_timeout(10_000)
    toezicht.let_op(context, portaal)
    return context.new_page()


@pytest.fixture
def venster(chromium: "Browser", portaal: str) -> Iterator[Venster]:
    """Open pages on the portal; afterwards they close and the console must have been empty."""
    toezicht, open_ = Toezicht(), []

    def maak(**zo: Any) -> "Page":
        bladzijde = open_venster(chromium, portaal, toezicht, **zo)
        open_.append(bladzijde)
        return bladzijde

    yield maak
    for bladzijde in open_:
        bladzijde.context.close()
    assert not toezicht.klachten, "\n".join(toezicht.klachten)


def expect(wat: Any) -> Any:
    """Playwright's own, loaded when a test asks: who opens no browser would wait for it too."""
    from playwright.sync_api import expect

    return expect(wat)


def log_in(
    bladzijde: "Page", persoon: str = "noor", *, middel: str = "digid", niveau: int | None = None
) -> None:
    """Log in through the stand-in: the person by slug, the level by rank (25, 30, 40)."""
    from tests.inloggen import NIVEAUS

    bladzijde.goto(f"/inloggen/{middel}/")
    bladzijde.locator(f"#p-{persoon}").check()
    if niveau is not None:
        bladzijde.locator("#niveau").select_option(NIVEAUS[middel][niveau])
    bladzijde.get_by_role("button", name="Inloggen", exact=True).click()
    bladzijde.wait_for_url(re.compile(r"/(?!nagebootst|inloggen)"))
