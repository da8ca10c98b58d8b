"""Wie er ingelogd is, voor de band boven elke bladzijde."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.inlog import Inlog, inlog_of_niets
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
        namens=namens_wie(request) if inlog else "",
        wissel=reverse("mijn:namens_wie") if inlog and _kan_wisselen(inlog) else "",
    )


def _kan_wisselen(inlog: Inlog) -> bool:
    """Alleen wie voor meer dan één kan handelen krijgt een link om te wisselen."""
    return inlog.machtiging or inlog.mag_vestiging_kiezen


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `wie`, pas gevuld als een sjabloon het vraagt."""
    return {"wie": SimpleLazyObject(lambda: wie(request))}
