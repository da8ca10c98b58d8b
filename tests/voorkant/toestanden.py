"""Pages that first need something to happen: sent, claimed, prepared, deleted, gone wrong.

They ask for the fixture `toneel` (error pages have an address, another system has a proposal).
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.voorkant.paginas import LIJST, Pagina, Stap, klik, mensen
from tests.voorkant.varianten import VARIANTEN, intussen, na

if TYPE_CHECKING:
    from playwright.sync_api import Page

VERDER = 'main button[type="submit"]'


def met_sporen() -> None:
    """Noor sent a melding, found a mistake in the BRP, and a department looked at her data."""
    from django.conf import settings
    from django.utils import timezone

    from portal.klanten import handelingen
    from portal.klanten.models import Interactie
    from portal.klanten.regels import Interactiesoort, NieuweTerugmelding, Register
    from portal.logboek.activiteiten import Activiteit
    from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
    from tests.mijn.vulling import NOOR, authenticatie
    from tests.webhooks.conftest import abonnement

    mensen()
    if Interactie.objects.filter(klanten__gevalideerd=True).exists():
        return
    door, op = authenticatie(NOOR), timezone.now()
    melding = handelingen.ontvang_interactie(
        proces="afval",
        soort=Interactiesoort.MELDING,
        bronorganisatie=settings.ORGANISATIE_RSIN,
        tekst="Er staat al weken een bank op de stoep.\nOok de buren vinden dat vervelend.",
        door=door,
        op=op,
    )
    fout = NieuweTerugmelding(
        register=Register.BRP, gegeven="adres", toelichting="Mijn huisnummer is 12, niet 21."
    )
    handelingen.meld_terug(melding=fout, door=door, op=op)
    parkeren = Gebruik(
        activiteit=Activiteit.VERSTREKKEN,
        naam="lezen",
        doel="Parkeervergunning verlengen",
        gegevens=["naam", "telefoon"],
    )
    team = Gebruiker(organisatie="823288444", naam="Waterveen", afdeling="Team Parkeren")
    assert melding.klant
    leg_gebruik_vast([melding.klant], gebruik=parkeren, door=team, op=op)
    abonnement("https://belastingen.example/webhook", naam="Belastingen")


def met_lopende_zaak() -> None:
    """A case of the municipality needs the data of Noor until next year."""
    from portal.klanten.models import Bewaargrond, Klant
    from tests.mijn.vulling import NOOR, authenticatie, houd_vast

    mensen()
    if not Bewaargrond.objects.exists():
        houd_vast(Klant.objects.van(authenticatie(NOOR)).get(), "ZAAK-2026-0001")


def weer_iets() -> None:
    """Give Noor something to delete again, after an earlier visit of this page."""
    from portal.klanten.models import Klant
    from portal.klanten.regels import NieuweNaam
    from tests.mijn.vulling import NOOR, authenticatie, vul

    noor = Klant.objects.van(authenticatie(NOOR))
    noor.update(inactief_op=None)
    if not noor.exists():
        vul(NOOR, NieuweNaam("Noor de Vries"))


def verwijder(keuze: int) -> Stap:
    """Choose this box, check, and delete."""

    def doe(bladzijde: "Page") -> None:
        weer_iets()
        bladzijde.reload()
        bladzijde.locator('main input[type="checkbox"]').nth(keuze).check()
        bladzijde.locator(VERDER).click()
        bladzijde.locator("main .kg-knop-rood").click()
        bladzijde.wait_for_url("**/verwijderen/klaar/")

    return doe


def vertrek(bladzijde: "Page") -> None:
    """Delete all while a case holds it, and look what is still there."""
    verwijder(0)(bladzijde)
    bladzijde.goto("/mijn-gegevens/")


def bewijs_melding(bladzijde: "Page") -> None:
    """Go through reference and code, unless this session did so already."""
    from django.conf import settings
    from django.utils import timezone

    from portal.klanten import gevolgen, handelingen
    from portal.klanten.regels import HoudOpDeHoogte, Interactiesoort, NieuwEmail
    from tests.mijn.vulling import Codes

    bladzijde.goto("/meldingen/koppelen/kiezen/")
    if bladzijde.url.endswith("/kiezen/"):
        return
    eerder = "noor.eerder@example.org"
    melding = handelingen.ontvang_interactie(
        proces="afval",
        soort=Interactiesoort.VRAAG,
        bronorganisatie=settings.ORGANISATIE_RSIN,
        contact=HoudOpDeHoogte("Noor", NieuwEmail(eerder)),
        op=timezone.now() - timedelta(days=1),
    )
    codes = Codes()
    gevolgen.bij_elk_bericht("toestand", codes)
    try:
        bladzijde.locator('main [name="referentie"]').fill(melding.referentie)
        bladzijde.locator(VERDER).click()
        bladzijde.locator('main [name="code"]').fill(codes[eerder])
    finally:
        gevolgen._verzenders.pop("toestand")
    bladzijde.locator(VERDER).click()
    bladzijde.wait_for_url("**/kiezen/")


def stuur_melding(bladzijde: "Page") -> None:
    """Send a melding without saying who one is."""
    from accounts.models import Teller

    Teller.objects.all().delete()  # every visit is the first one
    bladzijde.locator('main [name="proces"]').select_option("afval")
    bladzijde.locator('main [name="tekst"]').fill("Er staat al weken een bank op de stoep.")
    bladzijde.locator(VERDER).click()
    bladzijde.locator("main .utrecht-alert--ok").wait_for()


def vraag_bestand(bladzijde: "Page", *, klaar: bool = True) -> None:
    """Ask for a file once, and let it be made when `klaar`."""
    from portal.mijn.models import Download
    from portal.mijn.tasks import maak_downloads

    if not Download.objects.exists():
        bladzijde.locator('main [name="vorm"][value="csv"]').check()
        bladzijde.locator(VERDER).click()
        bladzijde.locator("#downloads .kg-kaart").wait_for()
    if klaar:
        maak_downloads.func()
        bladzijde.reload()


def vraag_bestand_en_wacht(bladzijde: "Page") -> None:
    """Ask for a file that is still being made."""
    vraag_bestand(bladzijde, klaar=False)


TOESTANDEN = [
    Pagina(naam="fout-413", pad="/proef/413/"),
    Pagina(naam="fout-429-ingelogd", pad="/proef/429/", wie="noor", klaar=mensen),
    Pagina(naam="fout-500", pad="/proef/500/"),
    Pagina(naam="fout-503-ingevuld", pad="/proef/503/", wie="noor", klaar=mensen),
    Pagina(naam="meldingen-gevuld", pad="/meldingen/", wie="noor", klaar=met_sporen),
    Pagina(naam="gebruik-gevuld", pad="/gebruik/", wie="noor", klaar=met_sporen),
    Pagina(
        naam="melding-anders",
        pad="/meldingen/",
        wie="noor",
        klaar=met_sporen,
        stap=klik('main .kg-kaart a[href^="/meldingen/"]', 'main [name="voornaam"]'),
    ),
    Pagina(naam="melding-ontvangen", pad="/meldingen/nieuw/", klaar=mensen, stap=stuur_melding),
    Pagina(naam="koppelen-code", pad="/meldingen/koppelen/code/", wie="noor", klaar=mensen),
    Pagina(
        naam="koppelen-kiezen", pad="/meldingen/", wie="noor", klaar=mensen, stap=bewijs_melding
    ),
    Pagina(
        naam="koppelen-intussen",
        pad="/meldingen/",
        wie="noor",
        klaar=mensen,
        stap=na(bewijs_melding, intussen(VERDER, "klant")),
        een_keer=True,
    ),
    Pagina(
        naam="download-bezig",
        pad="/downloaden/",
        wie="noor",
        klaar=mensen,
        stap=vraag_bestand_en_wacht,
    ),
    Pagina(naam="download-klaar", pad="/downloaden/", wie="noor", klaar=mensen, stap=vraag_bestand),
    Pagina(naam="verwijderen-vast", pad="/verwijderen/", wie="noor", klaar=met_lopende_zaak),
    Pagina(
        naam="verwijderen-controle-alles",
        pad="/verwijderen/",
        wie="noor",
        klaar=mensen,
        stap=klik('main [value="alles"]', VERDER, "main .kg-knop-rood"),
    ),
    Pagina(
        naam="verwijderen-klaar", pad="/verwijderen/", wie="noor", klaar=mensen, stap=verwijder(1)
    ),
    Pagina(
        naam="verwijderen-klaar-alles",
        pad="/verwijderen/",
        wie="noor",
        klaar=mensen,
        stap=verwijder(0),
    ),
    Pagina(
        naam="verwijderen-klaar-vast",
        pad="/verwijderen/",
        wie="noor",
        klaar=met_lopende_zaak,
        stap=verwijder(0),
    ),
    Pagina(
        naam="mijn-gegevens-vertrek",
        pad="/verwijderen/",
        wie="noor",
        klaar=met_lopende_zaak,
        stap=vertrek,
        een_keer=True,
    ),
]
ALLES = [*LIJST, *VARIANTEN, *TOESTANDEN]  # the last ones delete Noor
