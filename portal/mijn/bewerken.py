"""Eén rij bewerken: formulier, opslaan, conflict, terug; met en zonder JavaScript."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.concepten import concept_van
from portal.klanten.handelingen import Gang
from portal.klanten.regels import Uitkomst
from portal.mijn.antwoord import in_plaats_van, is_htmx, toon, vertrek
from portal.mijn.bewaren import bewaar
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.panelen.nadruk import Nadruk
from portal.mijn.panelen.pagina import context_van_paneel
from portal.mijn.toegang import Klant, authenticatie_van, eigen_klant
from portal.mijn.wie import middel_van

F = TypeVar("F", bound=EenmaligFormulier)


@dataclass(frozen=True, kw_only=True)
class Staat:
    """Wat er nu staat, voor wie iets anders invulde: de waarde, wanneer en door wie."""

    waarde: str
    op: Any
    door: str


@dataclass(frozen=True, kw_only=True)
class Tweede:
    """Een tweede knop onder het formulier, met een eigen adres en sleutel."""

    url: str
    tekst: str
    klant: uuid.UUID
    gezien: int
    sleutel: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class Bewerking:
    """Wat het scherm over deze bewerking zegt.

    `rij` is the id of what htmx replaces, `paneel` the panel it stands in, `gelukt` the sentence
    after saving, `url` where the form goes (empty: this page), `terug` the page after saving that
    is not Mijn gegevens, `in_lijst` whether the place is a row of a description list,
    `eerste_keer` whether a first save may say so. `staat` tells what is
    stored, for the conflict page. `boven` is the page above this one when that is not Mijn
    gegevens: its title and the name of its view.
    """

    handeling: str
    titel: str
    rij: str
    paneel: str
    gelukt: str
    uitleg: str = ""
    knop: str = ""
    url: str = ""
    terug: str = ""
    gevaar: bool = False
    in_lijst: bool = True
    eerste_keer: bool = True
    links: list[tuple[str, str]] = field(default_factory=list)
    tweede: Tweede | None = None
    staat: Callable[[], Staat | None] = lambda: None
    boven: tuple[str, str] = ("", "")

    @property
    def annuleren(self) -> str:
        """Adres van het paneel zoals het was; zonder htmx leidt dat naar de bladzijde."""
        if self.boven[1]:
            return reverse(self.boven[1])
        return reverse("mijn:paneel", args=[self.paneel]) + f"?rij={self.rij}"


def formulier_voor(
    request: HttpRequest, soort: type[F], klant: Klant | None, /, *, rij: str, **begin: Any
) -> F:
    """Maak het formulier: met wat verstuurd is, met een concept van voor het inloggen, of vers."""
    if request.method == "POST":
        return soort.voor(klant, request.POST, rij=rij)
    return soort.voor(klant, None, rij=rij, **begin | eerder_getypt(request, soort))


def eerder_getypt(request: HttpRequest, soort: type[forms.Form]) -> dict[str, Any]:
    """Geef wat iemand hier typte voor hij opnieuw inlogde of ingelogd bleef, als begin van nu."""
    concept = concept_van(request, request.path) if request.method == "GET" else None
    velden = soort.base_fields
    return {
        naam: waarden if isinstance(velden[naam], forms.MultipleChoiceField) else waarden[-1]
        for naam, waarden in (concept or {}).items()
        if naam in velden and waarden
    }


def bewerk(
    request: HttpRequest,
    formulier: EenmaligFormulier,
    bewerking: Bewerking,
    opslaan: Callable[[Gang], Uitkomst],
) -> HttpResponse:
    """Toon het formulier, of sla op en toon wat er nu staat."""
    if formulier.is_bound and formulier.laat_staan():
        return na_opslaan(request, bewerking, _("Er is niets gewijzigd."))
    if formulier.is_bound and formulier.is_valid():
        gang = gang_van(request, bewerking.handeling, formulier)
        if bewaar(formulier, lambda: opslaan(gang)):
            eerste = bewerking.eerste_keer and gang["gezien"] == 0
            return na_opslaan(request, bewerking, _eerste_keer(request) if eerste else "")
    if formulier.conflict:
        return toon_conflict(request, formulier, bewerking)
    return toon_formulier(request, formulier, bewerking)


def toon_formulier(
    request: HttpRequest, formulier: EenmaligFormulier, bewerking: Bewerking
) -> HttpResponse:
    """Toon het formulier: als bladzijde, of voor htmx op de plaats van de rij."""
    return toon(
        request,
        "mijn/bewerken.html",
        "formulier",
        formulier=formulier,
        bewerking=bewerking,
        paneel_doel=_paneel_doel(request, bewerking),
    )


def _paneel_doel(request: HttpRequest, bewerking: Bewerking) -> str:
    """Waar Annuleren het paneel terugzet; op een eigen bladzijde staat geen paneel."""
    return f"#{bewerking.paneel}" if is_htmx(request) else ""


def gang_van(request: HttpRequest, handeling: str, formulier: EenmaligFormulier) -> Gang:
    """Wat elke handeling meekrijgt: wie, welke versie gezien, welke sleutel, wanneer."""
    return Gang(
        door=authenticatie_van(request, handeling),
        gezien=formulier.cleaned_data["gezien"],
        sleutel=formulier.cleaned_data["sleutel"],
        op=timezone.now(),
    )


def na_opslaan(request: HttpRequest, bewerking: Bewerking, melding: str = "") -> HttpResponse:
    """Toon het paneel zoals het nu is; zonder htmx de bladzijde, met de melding bovenaan."""
    tekst = melding or bewerking.gelukt
    if bewerking.terug or not is_htmx(request):
        adres = bewerking.terug or reverse("mijn:gegevens") + f"#{bewerking.paneel}"
        bij = bewerking.paneel if adres.endswith(f"#{bewerking.paneel}") else ""
        return vertrek(request, adres, tekst, bij=bij)
    nadruk = Nadruk(rij=bewerking.rij, melding=tekst)
    context = context_van_paneel(request, bewerking.paneel, nadruk)
    antwoord = toon(request, "mijn/paneel.html", **context)
    return in_plaats_van(antwoord, f"#{bewerking.paneel}")


def staat_van(request: HttpRequest, rij: Any, waarde: str) -> Staat | None:
    """Zeg van een rij wat er nu staat, wanneer dat kwam en door wie; None als zij weg is."""
    if rij is None:
        return None
    zelf = rij.gegeven_door == authenticatie_van(request).handelende
    door = _("door uzelf, in een ander scherm") if zelf else _("door iemand anders")
    return Staat(waarde=waarde, op=rij.gegeven_op, door=door)


def _eerste_keer(request: HttpRequest) -> str:
    zin = _(
        "Uw gegevens zijn opgeslagen. U logde in met %(middel)s. "
        "Daarom weten wij zeker dat ze van u komen."
    )
    return zin % {"middel": middel_van(request)}


def toon_conflict(
    request: HttpRequest, formulier: EenmaligFormulier, bewerking: Bewerking
) -> HttpResponse:
    """Laat kiezen tussen wat er staat en wat er getypt is; wie hetzelfde typte, is klaar."""
    klant = eigen_klant(request)
    staat = bewerking.staat()
    getypt = formulier.in_woorden()
    if staat and staat.waarde == getypt and formulier.is_dezelfde_klant():
        return na_opslaan(request, bewerking)
    formulier.begin_opnieuw(klant, sleutel=uuid.uuid4())
    return toon(
        request,
        "mijn/conflict.html",
        "conflict",
        formulier=formulier,
        bewerking=bewerking,
        staat=staat,
        getypt=getypt,
        paneel_doel=_paneel_doel(request, bewerking),
    )
