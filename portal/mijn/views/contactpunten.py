"""De contactpunten van een bedrijf: elk een eigen klant, met een eigen naam en eigen gegevens."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.regels import Uitkomst
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import Bewerking, bewerk, formulier_voor
from portal.mijn.forms.naam import ContactpuntFormulier
from portal.mijn.panelen.tegels import wat_er_staat
from portal.mijn.toegang import Klant, eigen_klant, eigen_klanten, is_bedrijf, open_contactpunt


@vereist("inzien")
@require_safe
def contactpunten(request: HttpRequest) -> HttpResponse:
    """Alle contactpunten van dit bedrijf of deze vestiging."""
    _eis_bedrijf(request)
    geopend = eigen_klant(request)
    klanten = eigen_klanten(request).select_related("naam", "postadres").order_by("klantnummer")
    lijst = [_regel(klant, geopend) for klant in klanten.prefetch_related("digitale_adressen")]
    return toon(request, "mijn/contactpunten.html", contactpunten=lijst)


@vereist("inzien")
@require_POST
def contactpunt_openen(request: HttpRequest) -> HttpResponse:
    """Ga verder met dit contactpunt; de keuze staat in de sessie, nooit in een adres."""
    _eis_bedrijf(request)
    try:
        keuze = uuid.UUID(request.POST.get("contactpunt", ""))
    except ValueError:
        raise Http404 from None
    if not eigen_klanten(request).filter(pk=keuze).exists():
        raise Http404
    open_contactpunt(request, keuze)
    return vertrek(request, reverse("mijn:gegevens"))


@vereist("contactpunt")
@require_http_methods(["GET", "POST"])
def contactpunt_toevoegen(request: HttpRequest) -> HttpResponse:
    """Nog een contactpunt; daarna staat dat open."""
    _eis_bedrijf(request)
    formulier = formulier_voor(request, ContactpuntFormulier, None, rij="contactpunt-nieuw")
    bewerking = Bewerking(
        handeling="contactpunt",
        titel=_("Contactpunt toevoegen"),
        rij="contactpunt-nieuw",
        paneel="naam",
        terug=reverse("mijn:gegevens"),
        in_lijst=False,
        gelukt=_("Het contactpunt is toegevoegd. U ziet nu de gegevens van dit contactpunt."),
        eerste_keer=False,
    )

    def registreer(gang: Gang) -> Uitkomst:
        uitkomst = handelingen.registreer_klant(waarden=[formulier.nieuw], **gang)
        open_contactpunt(request, uitkomst.klant)
        return uitkomst

    return bewerk(request, formulier, bewerking, registreer)


def _eis_bedrijf(request: HttpRequest) -> None:
    if not is_bedrijf(request):
        raise Http404


def _regel(klant: Klant, geopend: Klant | None) -> dict[str, Any]:
    naam = getattr(klant, "naam", None)
    return {
        "id": klant.pk,
        "naam": naam.waarde if naam else "",
        "functie": naam.functie if naam else "",
        "regel": wat_er_staat(klant, klant.digitale_adressen.all()),
        "geopend": geopend is not None and klant.pk == geopend.pk,
    }
