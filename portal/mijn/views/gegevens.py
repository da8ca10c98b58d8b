"""Overzicht en Mijn gegevens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.sessie import vereist
from portal.mijn.antwoord import in_plaats_van, is_htmx, toon, vertrek
from portal.mijn.onderdelen import Paneel
from portal.mijn.panelen.laatste import vorige_inlog
from portal.mijn.panelen.nadruk import Nadruk
from portal.mijn.panelen.officieel import officieel_van
from portal.mijn.panelen.pagina import PANELEN, alle_panelen, context_van_paneel, taken
from portal.mijn.panelen.tegels import rechten, tegels
from portal.mijn.toegang import Klant, eigen_klant


@vereist("inzien")
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Wat er te doen is en waar alles staat."""
    klant = eigen_klant(request)
    return toon(
        request,
        "mijn/overzicht.html",
        klant=klant,
        naam=getattr(getattr(klant, "naam", None), "waarde", ""),
        taken=taken(klant, hooguit=3),
        tegels=tegels(klant),
        vorige=vorige_inlog(request),
    )


@vereist("inzien")
@require_safe
def gegevens(request: HttpRequest) -> HttpResponse:
    """Alles wat de klant gaf, in panelen."""
    klant = eigen_klant(request)
    return _bladzijde(request, klant, alle_panelen(request, klant))


@vereist("inzien")
@require_safe
def paneel(request: HttpRequest, paneel: str) -> HttpResponse:
    """Eén paneel zoals het nu is: waar Annuleren naar terugkeert."""
    if paneel not in PANELEN:
        raise Http404
    if not is_htmx(request):
        return vertrek(request, reverse("mijn:gegevens") + f"#{paneel}")
    nadruk = Nadruk(rij=request.GET.get("rij", ""))
    return toon(request, "mijn/paneel.html", **context_van_paneel(request, paneel, nadruk))


@vereist("inzien")
@require_POST
def rekening_tonen(request: HttpRequest) -> HttpResponse:
    """Laat het hele rekeningnummer zien; alleen op een klik, nooit in een adres."""
    nadruk = Nadruk(rij="rij-rekening", melding=_("Uw rekeningnummer staat nu op het scherm."))
    context = context_van_paneel(request, "rekening", nadruk, getoond=True)
    if is_htmx(request):
        return in_plaats_van(toon(request, "mijn/paneel.html", **context), "#rekening")
    klant = eigen_klant(request)
    panelen = [
        context["paneel"] if getekend.id == "rekening" else getekend
        for getekend in alle_panelen(request, klant)
    ]
    return _bladzijde(request, klant, panelen)


def _bladzijde(request: HttpRequest, klant: Klant | None, panelen: list[Paneel]) -> HttpResponse:
    return toon(
        request,
        "mijn/gegevens.html",
        klant=klant,
        nog_leeg=not klant,
        taken=taken(klant, hooguit=1),
        panelen=panelen,
        rechten=rechten(officieel_van(request)),
    )
