"""States that differ from a judged one in words or one part: a look suffices (`Pagina.een_keer`).

In order: one window visits those of a person one after the other, and the last ones change things.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.registers.verbinding import Buurstoring
from tests.voorkant import decor
from tests.voorkant.decor import er, met
from tests.voorkant.paginas import Pagina, Stap, klik, mensen, noor_wacht, vul

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from portal.klanten.handelingen import Gang
    from portal.klanten.models import Klant

GEGEVENS = "/mijn-gegevens/"
FOUT = ".utrecht-alert--error[role=alert]"
KNOP = 'main button[type="submit"]'
REKENING = {"iban": "NL20 INGB 0001 2345 67", "tenaamstelling": "N. de Vries"}
NAAM_OPEN = '[data-hx-get="/mijn-gegevens/naam/"]'


def naar(kiezer: str, daarna: str = "h1") -> Stap:
    """Follow this link as a page of its own, without htmx; then wait for something there."""

    def doe(bladzijde: "Page") -> None:
        adres = bladzijde.locator(kiezer).first.get_attribute("href")
        bladzijde.goto(adres or "")
        bladzijde.locator(f"main {daarna}").first.wait_for()

    return doe


def na(*stappen: Stap) -> Stap:
    """One step after the other."""

    def doe(bladzijde: "Page") -> None:
        for stap in stappen:
            stap(bladzijde)

    return doe


def zoek_adres(bladzijde: "Page") -> None:
    """Leave street and town to the address help."""
    bladzijde.locator('main [name="postcode"]').fill("1234 AB")
    bladzijde.locator('main [name="huisnummer"]').fill("12")
    bladzijde.keyboard.press("Tab")
    bladzijde.locator('main [name="straat"][value="Waterlaan"]').wait_for()


def sla_naam_op(bladzijde: "Page") -> None:
    """Save by htmx: the whole panel comes back."""
    klik(NAAM_OPEN, ".kg-bewerk input:visible")(bladzijde)
    bladzijde.locator(".kg-bewerk input:visible").first.fill("Noor de Vries-Wit")
    bladzijde.locator(".kg-bewerk .kg-knoppen button").first.click()
    bladzijde.locator("#rij-naam", has_text="Vries-Wit").wait_for()


def zonder_keuze(bladzijde: "Page") -> None:
    """Ask for a file of a kind that is not there."""
    keuze = bladzijde.locator('main [name="vorm"]').first
    keuze.check()
    keuze.evaluate("(knop) => { knop.value = 'geen' }")
    bladzijde.locator(KNOP).first.click()
    bladzijde.locator(FOUT).wait_for()


def te_veel_meldingen() -> None:
    """From this computer ten people just sent a melding."""
    mensen()
    _tel_tot("melding:127.0.0.1", venster_s=600, aantal=10)


def te_veel_links() -> None:
    """From this computer somebody tries links."""
    from django.conf import settings

    _tel_tot("herstel:127.0.0.1", venster_s=60, aantal=settings.HERSTEL_PER_MINUUT)


def _tel_tot(sleutel: str, *, venster_s: int, aantal: int) -> None:
    from django.utils import timezone

    from accounts.limieten import tel

    for _ in range(aantal):
        tel(sleutel, venster_s=venster_s, maximum=aantal, op=timezone.now())


def zonder_processen() -> None:
    """The municipality takes no meldingen here."""
    from portal.klanten.models import Proces

    mensen()
    Proces.objects.update(open_kanaal=False)


def meld() -> Stap:
    """Choose a subject and send."""

    def doe(bladzijde: "Page") -> None:
        bladzijde.locator('main [name="proces"]').select_option("afval")
        bladzijde.locator(KNOP).click()
        bladzijde.locator(f"main {FOUT}").wait_for()

    return doe


def link(soort: str) -> Stap:
    """Open the link that went to the old address or number after somebody replaced it."""
    vorige, nieuwe = {
        "email": ("noor.oud@example.org", "iemand.anders@example.org"),
        "telefoon": ("+31611111111", "+31622222222"),
    }[soort]

    def doe(bladzijde: "Page") -> None:
        bladzijde.goto(f"/dit-was-ik-niet/{_gekaapt(soort, vorige, nieuwe)}/")

    return doe


def druk_op_ja(bladzijde: "Page") -> None:
    """Answer the question with yes."""
    bladzijde.locator(KNOP).first.click()
    bladzijde.locator("main h1", has_text=re.compile("teruggezet|put back")).wait_for()


def herken_niet(bladzijde: "Page") -> None:
    """Say that one does not know the first login of the list."""
    bladzijde.locator("main .kg-linkrij button").first.click()
    niet = re.compile("U herkende dit niet|You did not recognise this")
    bladzijde.locator("main .kg-linkrij", has_text=niet).first.wait_for()


def _gekaapt(soort: str, vorige: str, nieuwe: str) -> str:
    """Confirm one address, put another in its place and confirm that; return the token."""
    from portal.klanten import gevolgen, handelingen
    from portal.klanten.models import Klant
    from portal.klanten.regels import NieuwEmail, NieuwTelefoon
    from tests.mijn.vulling import NOOR, Codes, authenticatie

    vorm: Callable[[str], NieuwEmail | NieuwTelefoon]
    vorm = NieuwEmail if soort == "email" else NieuwTelefoon
    klant, codes = Klant.objects.van(authenticatie(NOOR)).get(), Codes()
    gevolgen.bij_elk_bericht("gekaapt", codes)
    try:
        rij = handelingen.voeg_digitaal_adres_toe(klant.pk, adres=vorm(vorige), **_gang()).waarde
        handelingen.bevestig(klant.pk, waarde=rij, code=codes[vorige], **_gang())
        handelingen.wijzig_digitaal_adres(klant.pk, waarde=rij, adres=vorm(nieuwe), **_gang())
        voorstel = klant.digitale_adressen.get(waarde=nieuwe)
        handelingen.bevestig(klant.pk, waarde=voorstel.pk, code=codes[nieuwe], **_gang())
    finally:
        gevolgen._verzenders.pop("gekaapt")
    return codes.tokens[-1]


def _gang() -> "Gang":
    from tests.mijn.vulling import NOOR, authenticatie, gang

    return gang(authenticatie(NOOR))


def _noor() -> "Klant":
    from portal.klanten.models import Klant
    from tests.mijn.vulling import NOOR, authenticatie

    return Klant.objects.van(authenticatie(NOOR)).get()


def eerder_anders() -> None:
    """Noor had another name before."""
    from portal.klanten import handelingen
    from portal.klanten.regels import NieuweNaam

    mensen()
    handelingen.wijzig_naam(_noor().pk, naam=NieuweNaam("Noor de Vries-Bakker"), **_gang())


def intussen(kiezer: str, veld: str = "getoond") -> Stap:
    """Answer with this button, as somebody whose other tab chose or changed something since."""

    def doe(bladzijde: "Page") -> None:
        anders = f'main [name="{veld}"]'
        bladzijde.locator(anders).first.evaluate("(veld) => { veld.value = '' }")
        bladzijde.locator(kiezer).first.click()
        intussen = re.compile("intussen|meanwhile|in the meantime")
        bladzijde.locator("main .utrecht-alert--warning", has_text=intussen).wait_for()

    return doe


def afgehandeld() -> None:
    """A thing Noor sent is done; one mistake is looked into, one of the company register solved."""
    from django.conf import settings
    from django.utils import timezone

    from portal.klanten import handelingen
    from portal.klanten.models import Terugmelding
    from portal.klanten.regels import (
        Interactiesoort,
        NieuweTerugmelding,
        Register,
        Terugmeldstatus,
    )
    from tests.mijn.vulling import NOOR, authenticatie
    from tests.voorkant.toestanden import met_sporen

    met_sporen()
    decor.DECOR["contacten"] = decor.CONTACTEN
    door, op = authenticatie(NOOR), timezone.now()
    klaar = handelingen.ontvang_interactie(
        proces="afval",
        soort=Interactiesoort.VRAAG,
        bronorganisatie=settings.ORGANISATIE_RSIN,
        door=door,
        op=op,
    )
    handelingen.sluit_interactie_af(klaar.interactie, op=op)
    fout = NieuweTerugmelding(register=Register.HR, gegeven="naam", toelichting="Met een e.")
    handelingen.meld_terug(melding=fout, door=door, op=op)
    standen = (Terugmeldstatus.IN_ONDERZOEK, Terugmeldstatus.AFGEROND)
    for terug, stand in zip(Terugmelding.objects.order_by("gemeld_op"), standen, strict=False):
        handelingen.zet_terugmeldstatus(terug.pk, status=stand, op=op)


def bestanden(bladzijde: "Page") -> None:
    """One file that could not be made, and one that Noor fetched."""
    from django.utils import timezone

    from portal.mijn.models import Download
    from tests.voorkant.toestanden import vraag_bestand

    vraag_bestand(bladzijde)
    opgehaald = Download.objects.get()
    opgehaald.opgehaald_op = timezone.now()
    opgehaald.save()
    opgehaald.pk, opgehaald.stand = None, Download.Stand.MISLUKT
    opgehaald.save()
    bladzijde.reload()


def inwoner(naam: str, pad: str, stap: Stap | None = None, **zo: Callable[[], None]) -> Pagina:
    """A state of Noor."""
    klaar = zo.get("klaar", mensen)
    return Pagina(naam=naam, pad=pad, wie="noor", klaar=klaar, stap=stap, een_keer=True)


def niemand(naam: str, pad: str, stap: Stap | None = None, **zo: Callable[[], None]) -> Pagina:
    """A state for who is not logged in."""
    return Pagina(naam=naam, pad=pad, klaar=zo.get("klaar", mensen), stap=stap, een_keer=True)


def bedrijf(naam: str, pad: str, wie: str = "korenbloem", **zo: Callable[[], None]) -> Pagina:
    """A state of the bakery."""
    klaar = zo.get("klaar", mensen)
    return Pagina(naam=naam, pad=pad, wie=wie, middel="eherkenning", klaar=klaar, een_keer=True)


def van(soort: str, wat: str) -> str:
    """The link of the first row of this kind."""
    return f'a[href*="/{soort}/"][href$="{wat}/"]:not([href$="toevoegen/"])'


IN_BRP = met(**{"brp-bevragen": er(decor.NOOR_IN_BRP)})
ZONDER_BRP = met(**{"brp-bevragen": decor.NU_NIET, "voorstellen": Buurstoring, "zaken": None})
IN_HR = met(**{"kvk-bevragen": er(decor.BAKKERIJ_IN_HR)})
ZONDER_HR = met(**{"kvk-bevragen": decor.NU_NIET, "vestigingen": decor.NU_NIET})

VARIANTEN = [
    *(niemand(f"fout-{status}", f"/proef/{status}/") for status in (400, 403, 405, 409, 429)),
    niemand("te-vaak-inloggen", "/proef/te-vaak/inloggen/"),
    niemand("te-vaak-code", "/proef/te-vaak/code/"),
    niemand("inloggen-druk", "/proef/druk/"),
    niemand("inloggen-te-lang", "/inloggen/mislukt/?via=digid&telang=1&uit=1"),
    niemand("inloggen-mislukt-code", "/inloggen/mislukt/?via=digid&code=A1"),
    niemand("inloggen-gestopt", "/inloggen/geannuleerd/?via=eherkenning&uit=1"),
    niemand("inloggen-geen-toegang-uit", "/inloggen/geen-toegang/?via=digid&uit=1"),
    niemand("inloggen-niveau-digid", "/inloggen/niveau/?via=digid&handeling=rekeningnummer&uit=1"),
    niemand("inloggen-niveau-bedrijf", "/inloggen/niveau/?via=eherkenning&handeling=inzien"),
    niemand("nagebootst-uitgelogd", "/nagebootst/digid/uitloggen?client_id=eigen-regie"),
    niemand("nagebootst-niet-ingelogd", "/nagebootst/digid/uitloggen"),
    niemand("api-uitleg", "/api/v1/docs"),
    niemand("melding-fouten", "/meldingen/nieuw/", vul({"bereik": "postduif"}, FOUT)),
    niemand("melding-te-veel", "/meldingen/nieuw/", meld(), klaar=te_veel_meldingen),
    niemand("dit-was-ik-niet-email", "/hulp/", link("email")),
    niemand("dit-was-ik-niet-klaar", "/hulp/", na(link("telefoon"), druk_op_ja)),
    niemand("dit-was-ik-niet-te-vaak", "/dit-was-ik-niet/ongeldig/", klaar=te_veel_links),
    niemand("melding-nergens-over", "/meldingen/nieuw/", klaar=zonder_processen),
    inwoner("uit-de-brp", GEGEVENS, klik("[data-alles]"), klaar=IN_BRP),
    inwoner("brp-zwijgt", GEGEVENS, klik("[data-alles]"), klaar=ZONDER_BRP),
    inwoner("voorstellen-storing", "/mijn-gegevens/voorstellen/", klaar=ZONDER_BRP),
    inwoner("voorstellen-geen", "/mijn-gegevens/voorstellen/", klaar=met(voorstellen=())),
    inwoner("verwijderen-zaken-onbekend", "/verwijderen/", klaar=ZONDER_BRP),
    inwoner(
        "adres-fouten", "/mijn-gegevens/adres/", vul({"postcode": "12", "huisnummer": "x"}, FOUT)
    ),
    inwoner(
        "adreshulp", "/mijn-gegevens/adres/", zoek_adres, klaar=met(adressen=er((decor.WATERLAAN,)))
    ),
    inwoner("adres-verwijderen", "/mijn-gegevens/adres/verwijderen/"),
    inwoner("telefoon-wijzigen", GEGEVENS, naar(van("telefoon", ""))),
    inwoner("telefoon-verwijderen", GEGEVENS, naar(van("telefoon", "/verwijderen"))),
    inwoner("email-wijzigen", GEGEVENS, naar(van("email", ""))),
    inwoner("email-verwijderen", GEGEVENS, naar(van("email", "/verwijderen"))),
    inwoner("rekening-verwijderen", GEGEVENS, naar(van("rekening", "/verwijderen"))),
    inwoner("kanaal", "/contactvoorkeuren/algemeen/"),
    inwoner("download-keuze", "/downloaden/", zonder_keuze),
    inwoner("download-mislukt", "/downloaden/", bestanden),
    inwoner("geschiedenis-gewijzigd", "/geschiedenis/", klaar=eerder_anders),
    inwoner("terugzetten", "/geschiedenis/", naar('a[href$="/terug/"]'), klaar=eerder_anders),
    inwoner("meldingen-afgehandeld", "/meldingen/", klaar=afgehandeld),
    inwoner("herken-niet", "/beveiliging/", herken_niet),
    inwoner("nagebootst-ingelogd", "/nagebootst/digid/uitloggen"),
    inwoner(
        "rekening-intussen",
        "/mijn-gegevens/rekening/",
        na(vul(REKENING, 'a[href$="/rekening/"]'), intussen(KNOP)),
    ),
    inwoner(
        "verwijderen-intussen",
        "/verwijderen/",
        na(
            klik('main input[type="checkbox"] >> nth=1', KNOP, "main .kg-knop-rood"),
            intussen("main .kg-knop-rood"),
        ),
    ),
    inwoner("naam-opgeslagen", GEGEVENS, sla_naam_op),
    inwoner("mijn-gegevens-wacht", GEGEVENS, klaar=noor_wacht),
    bedrijf("uit-het-handelsregister", GEGEVENS, klaar=IN_HR),
    bedrijf("handelsregister-zwijgt", GEGEVENS, klaar=ZONDER_HR),
    bedrijf("namens-wie-storing", "/namens-wie/", klaar=ZONDER_HR),
    bedrijf("namens-wie-geen", "/namens-wie/", klaar=met(vestigingen=decor.NIETS)),
    bedrijf("klopt-niet-bedrijf", "/mijn-gegevens/klopt-niet/bedrijf/"),
    bedrijf("namens-wie-vestiging", "/namens-wie/", "korenbloem-winkel"),
]
