"""De panelen van Mijn gegevens bij elkaar: welke, in welke volgorde, en wat er te doen is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.klanten.regels import Contactsoort, Stand
from portal.mijn.onderdelen import Paneel
from portal.mijn.opmaak import eigen, zin
from portal.mijn.panelen import adres, contact, naam, register, rekening, voorkeuren
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.toegang import DigitaalAdres, Klant, eigen_klant, is_bedrijf

PANELEN: dict[str, Callable[..., Paneel]] = {
    "naam": naam.paneel,
    "adres": adres.paneel,
    "telefoon": contact.telefoon,
    "email": contact.email,
    "rekening": rekening.paneel,
    "voorkeuren": voorkeuren.paneel,
}
MET_REGISTER = {"naam", "adres"}
"""In deze panelen staat ook wat een basisregistratie zegt."""


@dataclass(frozen=True, kw_only=True)
class Taak:
    """Iets dat op de klant wacht: één zin en één link; `tekst` en `ding` zijn HTML."""

    titel: str
    tekst: str
    ding: str
    linktekst: str
    url: str


def alle_panelen(request: HttpRequest, klant: Klant | None) -> list[Paneel]:
    """Alle panelen van Mijn gegevens, op volgorde; wat net gewijzigd is staat open en zegt dat.

    The address ends in that panel, so what stands at the top of the page is out of sight.
    """
    bedrijf, beeld = is_bedrijf(request), register.lees(request)
    net = {bericht.extra_tags: str(bericht) for bericht in get_messages(request)}
    panelen = [
        maak(klant, bedrijf=bedrijf, **({"register": beeld} if soort in MET_REGISTER else {}))
        for soort, maak in PANELEN.items()
    ]
    return [replace(p, open=True, melding=net[p.id]) if p.id in net else p for p in panelen]


def context_van_paneel(
    request: HttpRequest, paneel: str, nadruk: Nadruk = GEEN, **anders: Any
) -> dict[str, Any]:
    """Eén paneel zoals het nu is, open, met wat er boven de panelen staat."""
    klant = eigen_klant(request)
    if paneel in MET_REGISTER:
        anders["register"] = register.lees(request)
    getekend = PANELEN[paneel](klant, bedrijf=is_bedrijf(request), nadruk=nadruk, **anders)
    if nadruk.melding and not any(rij.melding for rij in getekend.rijen):
        getekend = replace(getekend, melding=nadruk.melding)
    return {"paneel": getekend, "taken": taken(klant, hooguit=1), "nog_leeg": not klant}


def taken(klant: Klant | None, *, hooguit: int) -> list[Taak]:
    """Wat er te doen is: de eerste adressen die nog bevestigd moeten worden."""
    wachtend = [
        rij
        for soort in (Contactsoort.EMAIL, Contactsoort.TELEFOON)
        for rij in contact.van_soort(klant, soort)
        if rij.stand == Stand.VOORGESTELD
    ]
    return [_bevestig(rij) for rij in wachtend[:hooguit]]


def _bevestig(rij: DigitaalAdres) -> Taak:
    email, waar = rij.soort == Contactsoort.EMAIL, contact.tekst(rij)
    gestuurd = (
        _(
            "Wij mailden een code naar %(adres)s. Vul die code in. "
            "Tot die tijd gebruiken wij dit adres niet."
        )
        if email
        else _(
            "Wij stuurden een code naar %(adres)s. Vul die code in. "
            "Tot die tijd gebruiken wij dit nummer niet."
        )
    )
    return Taak(
        titel=_("Bevestig uw e-mailadres") if email else _("Bevestig uw telefoonnummer"),
        tekst=zin(gestuurd, adres=waar),
        ding=eigen(waar),
        linktekst=_("Code invullen"),
        url=reverse(f"mijn:{rij.soort}_bevestigen", args=[rij.pk]),
    )
