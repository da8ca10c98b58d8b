"""Wie er ingelogd is, voor de band boven elke bladzijde."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.inlog import inlog_of_niets
from portal.mijn.toegang import namens_wie

MIDDELEN = {
    "digid": gettext_noop("DigiD"),
    "eherkenning": gettext_noop("eHerkenning"),
    "eidas": gettext_noop("een Europees inlogmiddel"),
}


@dataclass(frozen=True, kw_only=True)
class Wie:
    """De naam die iemand zelf koos (of niets), het inlogmiddel, en waar men wisselt."""

    naam: str
    icoon: str
    middel: str
    wissel: str = ""
    namens: str = ""


def middel_van(request: HttpRequest) -> str:
    """Noem het inlogmiddel van deze sessie zoals mensen het kennen."""
    inlog = inlog_of_niets(request)
    return _(MIDDELEN[inlog.middel]) if inlog and inlog.middel in MIDDELEN else ""


def wie(request: HttpRequest) -> Wie:
    """Wie hier is ingelogd; de naam komt van de klant die de bladzijde toch al ophaalde."""
    inlog = inlog_of_niets(request)
    bedrijf = inlog is not None and inlog.middel == "eherkenning"
    naam = getattr(getattr(request, "klant", None), "naam", None)
    return Wie(
        naam=(naam.bedrijfsnaam or naam.waarde) if naam else "",
        icoon="building" if bedrijf else "user",
        middel=middel_van(request),
        namens=namens_wie(inlog) if inlog else "",
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `wie`, pas gevuld als een sjabloon het vraagt."""
    return {"wie": SimpleLazyObject(lambda: wie(request))}
