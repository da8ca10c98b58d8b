"""Every page and state of the portal that the checks and `make screens` visit.

A package that brings a page adds a line to LIJST (see `Pagina`); nothing else is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Stap = Callable[["Page"], None]


@dataclass(frozen=True, kw_only=True)
class Pagina:
    """One page in one state.

    `wie` logs in first (slug of a person of the stand-in; "" = nobody), `klaar` makes the data the
    page shows, `stap` brings the page into its state (open a form, send a wrong value).
    """

    naam: str
    pad: str
    wie: str = ""
    middel: str = "digid"
    klaar: Callable[[], None] | None = None
    stap: Stap | None = None


LIJST: list[Pagina] = [
    Pagina(naam="start", pad="/"),
    Pagina(naam="hulp", pad="/hulp/"),
    Pagina(naam="privacy", pad="/privacy/"),
    Pagina(naam="cookies", pad="/cookies/"),
    Pagina(naam="toegankelijkheid", pad="/toegankelijkheid/"),
    Pagina(naam="kwetsbaarheid", pad="/kwetsbaarheid/"),
    Pagina(naam="niet-gevonden", pad="/bestaat-niet/"),
    Pagina(naam="inloggen-geannuleerd", pad="/inloggen/geannuleerd/"),
    Pagina(naam="inloggen-mislukt", pad="/inloggen/mislukt/"),
    Pagina(naam="inloggen-niveau", pad="/inloggen/niveau/"),
    Pagina(naam="inloggen-geen-toegang", pad="/inloggen/geen-toegang/"),
    Pagina(naam="opnieuw-inloggen", pad="/inloggen/opnieuw/?handeling=rekeningnummer", wie="noor"),
    Pagina(naam="uitgelogd", pad="/uitgelogd/"),
    Pagina(naam="sessie-verlopen", pad="/sessie-verlopen/"),
    Pagina(naam="niet-gevonden-ingelogd", pad="/bestaat-niet/", wie="noor"),
    Pagina(naam="nagebootst", pad="/inloggen/digid/"),
]
