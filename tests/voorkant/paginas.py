"""Every page and state of the portal that the checks and `make screens` visit.

A package that brings a page adds a line to LIJST (see `Pagina`); nothing else is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from playwright.sync_api import Page

Stap = Callable[["Page"], None]


@dataclass(frozen=True, kw_only=True)
class Pagina:
    """One page in one state.

    `wie` logs in first (slug of a person of the stand-in; "" = nobody), `klaar` makes the data the
    page shows, `stap` brings the page into its state (open a form, send a wrong value).
    `een_keer`: it differs in words or one part from a state that is judged in full, so it gets one
    look in Dutch in the one theme, and one in English in the other.
    """

    naam: str
    pad: str
    wie: str = ""
    middel: str = "digid"
    niveau: int = 30
    klaar: Callable[[], None] | None = None
    stap: Stap | None = None
    een_keer: bool = False


TELEFOON_ERBIJ = '[data-hx-get="/mijn-gegevens/telefoon/toevoegen/"]'


def noor_wacht() -> None:
    """Noor asked to be deleted while the source of zaken did not answer."""
    from portal.klanten.models import Klant

    mensen()
    Klant.objects.filter(persoon=True).update(verwijdering_gevraagd_op=datetime.now(UTC))


def mensen() -> None:
    """Noor with everything filled in, and the bakery with two contact points."""
    from portal.klanten.models import Gebeurtenis, Proces
    from portal.klanten.regels import NieuweNaam
    from tests.mijn.vulling import KORENBLOEM, vul, vul_korenbloem, vul_noor

    if not Gebeurtenis.objects.exists():
        Proces.objects.create(
            code="afval",
            omschrijving="Afval op straat",
            bewaartermijn=timedelta(days=90),
            open_kanaal=True,
        )
        vul_noor()
        vul_korenbloem()
        directie = NieuweNaam("Directie", functie="Eigenaar", bedrijfsnaam="De Korenbloem")
        vul(KORENBLOEM, directie, middel="eherkenning", als="pseudo-1")


def klik(*stappen: str) -> Stap:
    """Click what these selectors find, in turn; the last one is only waited for."""

    def doe(bladzijde: "Page") -> None:
        for kiezer in stappen if len(stappen) == 1 else stappen[:-1]:
            _open_paneel(bladzijde, kiezer)
            bladzijde.locator(kiezer).first.click()
        if len(stappen) > 1:
            bladzijde.locator(stappen[-1]).first.wait_for()

    return doe


def vul_fout(opener: str, veld: str, waarde: str) -> Stap:
    """Open a form (by htmx when `opener` is given), fill in something wrong, send it."""

    def doe(bladzijde: "Page") -> None:
        if opener:
            _open_paneel(bladzijde, opener)
            bladzijde.locator(opener).first.click()
        bladzijde.locator(f'main [name="{veld}"]').fill(waarde)
        bladzijde.locator('main .kg-knoppen button[type="submit"]').click()
        bladzijde.locator(".utrecht-form-field-error-message").first.wait_for()

    return doe


def vul(velden: dict[str, str], daarna: str) -> Stap:
    """Fill in the form of the page and send it; wait for what then appears."""

    def doe(bladzijde: "Page") -> None:
        for naam, waarde in velden.items():
            bladzijde.locator(f'main [name="{naam}"]').fill(waarde)
        bladzijde.locator('main .kg-knoppen button[type="submit"]').click()
        bladzijde.locator(f"main {daarna}").first.wait_for()

    return doe


def in_twee_schermen(bladzijde: "Page") -> None:
    """Change the name in another window while this form is open, then send this one."""
    invoer = "main .kg-bewerk input:visible"
    anders = bladzijde.context.new_page()
    anders.goto(bladzijde.url)
    anders.locator(invoer).first.fill(f"Noor {datetime.now(UTC):%M%S%f}")
    anders.locator('main .kg-knoppen button[type="submit"]').click()
    anders.wait_for_url("**/mijn-gegevens/**")
    anders.close()
    bladzijde.locator(invoer).first.fill("Noor uit dit scherm")
    bladzijde.locator('main .kg-knoppen button[type="submit"]').click()
    bladzijde.locator('main [name="welke"]').first.wait_for()


def open_dialoog(bladzijde: "Page") -> None:
    """Show the warning that the session ends, without waiting thirteen minutes."""
    bladzijde.evaluate("() => document.querySelector('#sessie').showModal()")


def open_menu(bladzijde: "Page") -> None:
    """Open the menu of a small screen; on a wide one it is open already."""
    menu = bladzijde.locator("[data-menu] > summary")
    if menu.is_visible():
        menu.click()


def _open_paneel(bladzijde: "Page", kiezer: str) -> None:
    """A link in a closed panel cannot be clicked."""
    bladzijde.locator(kiezer).first.evaluate(
        "(el) => el.closest('details.kg-paneel')?.setAttribute('open', '')"
    )


LIJST: list[Pagina] = [
    Pagina(naam="start", pad="/"),
    Pagina(naam="hulp", pad="/hulp/"),
    Pagina(naam="privacy", pad="/privacy/"),
    Pagina(naam="cookies", pad="/cookies/"),
    Pagina(naam="toegankelijkheid", pad="/toegankelijkheid/"),
    Pagina(naam="kwetsbaarheid", pad="/kwetsbaarheid/"),
    Pagina(naam="welke-gegevens", pad="/welke-gegevens/"),
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
    Pagina(naam="overzicht", pad="/overzicht/", wie="noor", klaar=mensen),
    Pagina(naam="overzicht-leeg", pad="/overzicht/", wie="zuid"),
    Pagina(naam="mijn-gegevens", pad="/mijn-gegevens/", wie="noor", klaar=mensen),
    Pagina(naam="mijn-gegevens-leeg", pad="/mijn-gegevens/", wie="zuid"),
    Pagina(
        naam="mijn-gegevens-alles-open",
        pad="/mijn-gegevens/",
        wie="noor",
        klaar=mensen,
        stap=klik("[data-alles]"),
    ),
    Pagina(
        naam="naam-wijzigen",
        pad="/mijn-gegevens/",
        wie="noor",
        klaar=mensen,
        stap=klik('[data-hx-get="/mijn-gegevens/naam/"]', ".kg-bewerk input:visible"),
    ),
    Pagina(
        naam="telefoon-fout",
        pad="/mijn-gegevens/",
        wie="noor",
        klaar=mensen,
        stap=vul_fout(TELEFOON_ERBIJ, "waarde", "06 abc"),
    ),
    Pagina(
        naam="telefoon-fout-bladzijde",
        pad="/mijn-gegevens/telefoon/toevoegen/",
        wie="noor",
        klaar=mensen,
        stap=vul_fout("", "waarde", "06 abc"),
    ),
    Pagina(naam="adres", pad="/mijn-gegevens/adres/", wie="noor", klaar=mensen),
    Pagina(naam="adres-buitenland", pad="/mijn-gegevens/adres/buitenland/", wie="noor"),
    Pagina(naam="email-toevoegen", pad="/mijn-gegevens/email/toevoegen/", wie="noor"),
    Pagina(naam="rekening", pad="/mijn-gegevens/rekening/", wie="noor", klaar=mensen),
    Pagina(naam="contactvoorkeuren", pad="/contactvoorkeuren/", wie="noor", klaar=mensen),
    Pagina(naam="verwijderen", pad="/verwijderen/", wie="noor", klaar=mensen),
    Pagina(
        naam="verwijderen-controle",
        pad="/verwijderen/",
        wie="noor",
        klaar=mensen,
        stap=klik(
            'main input[type="checkbox"] >> nth=0',
            'main button[type="submit"]',
            "main .kg-knop-rood",
        ),
    ),
    Pagina(
        naam="verwijderen-intrekken",
        pad="/verwijderen/intrekken/",
        wie="noor",
        klaar=noor_wacht,
    ),
    Pagina(
        naam="bedrijf-overzicht",
        pad="/overzicht/",
        wie="korenbloem",
        middel="eherkenning",
        klaar=mensen,
    ),
    Pagina(
        naam="contactpunten",
        pad="/mijn-gegevens/contactpunten/",
        wie="korenbloem",
        middel="eherkenning",
        klaar=mensen,
    ),
    Pagina(
        naam="bedrijf-gegevens",
        pad="/mijn-gegevens/",
        wie="korenbloem",
        middel="eherkenning",
        klaar=mensen,
    ),
    Pagina(
        naam="namens-wie",
        pad="/namens-wie/",
        wie="korenbloem",
        middel="eherkenning",
        klaar=mensen,
    ),
    Pagina(naam="namens-wie-inwoner", pad="/namens-wie/", wie="noor", klaar=mensen),
    Pagina(naam="geschiedenis", pad="/geschiedenis/", wie="noor", klaar=mensen),
    Pagina(naam="gebruik", pad="/gebruik/", wie="noor", klaar=mensen),
    Pagina(naam="downloaden", pad="/downloaden/", wie="noor", klaar=mensen),
    Pagina(naam="download-weg", pad=f"/downloaden/{UUID(int=7)}/", wie="noor", klaar=mensen),
    Pagina(naam="beveiliging", pad="/beveiliging/", wie="noor", klaar=mensen),
    Pagina(
        naam="naam-verwijderen", pad="/mijn-gegevens/naam/verwijderen/", wie="noor", klaar=mensen
    ),
    Pagina(naam="dit-was-ik-niet", pad="/dit-was-ik-niet/ongeldig/"),
    Pagina(
        naam="telefoon-bevestigen",
        pad="/mijn-gegevens/",
        wie="noor",
        klaar=mensen,
        stap=klik('a[href$="/bevestigen/"]', ".kg-bewerk input:visible"),
    ),
    Pagina(
        naam="rekening-controle",
        pad="/mijn-gegevens/rekening/",
        wie="noor",
        klaar=mensen,
        stap=vul(
            {"iban": "NL20 INGB 0001 2345 67", "tenaamstelling": "N. de Vries"},
            'a[href$="/rekening/"]',
        ),
    ),
    Pagina(
        naam="conflict",
        pad="/mijn-gegevens/naam/",
        wie="noor",
        klaar=mensen,
        stap=in_twee_schermen,
    ),
    Pagina(naam="klopt-niet", pad="/mijn-gegevens/klopt-niet/adres/", wie="noor", klaar=mensen),
    Pagina(naam="voorstellen", pad="/mijn-gegevens/voorstellen/", wie="noor", klaar=mensen),
    Pagina(naam="meldingen", pad="/meldingen/", wie="noor", klaar=mensen),
    Pagina(naam="melding-nieuw", pad="/meldingen/nieuw/", wie="noor", klaar=mensen),
    Pagina(naam="melding-zonder-inloggen", pad="/meldingen/nieuw/", klaar=mensen),
    Pagina(naam="koppelen", pad="/meldingen/koppelen/", wie="noor", klaar=mensen),
    Pagina(naam="voorkeur", pad="/contactvoorkeuren/taal/", wie="noor", klaar=mensen),
    Pagina(
        naam="contactpunt-toevoegen",
        pad="/mijn-gegevens/contactpunten/toevoegen/",
        wie="korenbloem",
        middel="eherkenning",
        klaar=mensen,
    ),
    Pagina(naam="sessie-dialoog", pad="/overzicht/", wie="noor", klaar=mensen, stap=open_dialoog),
    Pagina(naam="menu-open", pad="/overzicht/", wie="noor", klaar=mensen, stap=open_menu),
]
