"""Hoe iemand genoemd wil worden; bij een bedrijf het contactpunt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.mijn.bewerken import Bewerking, Staat, bewerk, formulier_voor, staat_van
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.naam import ContactpuntFormulier, NaamFormulier
from portal.mijn.panelen.naam import RIJ
from portal.mijn.panelen.officieel import officieel_van
from portal.mijn.toegang import eigen_klant, is_bedrijf

NAAM_OPGESLAGEN = gettext_lazy(
    "Uw naam is opgeslagen. Wij geven het door aan de afdelingen die het gebruiken."
)
CONTACTPUNT_OPGESLAGEN = gettext_lazy(
    "Het contactpunt is opgeslagen. Wij geven het door aan de afdelingen die het gebruiken."
)


@vereist("naam")
@require_http_methods(["GET", "POST"])
def naam(request: HttpRequest) -> HttpResponse:
    """De naam wijzigen of voor het eerst invullen."""
    klant = eigen_klant(request)
    bedrijf = is_bedrijf(request)
    stond = getattr(klant, "naam", None)
    velden = ("waarde", "functie", "bedrijfsnaam") if bedrijf else ("waarde",)
    begin = {veld: getattr(stond, veld, "") for veld in velden}
    soort = ContactpuntFormulier if bedrijf else NaamFormulier
    formulier = formulier_voor(request, soort, klant, rij=RIJ, **begin)
    bewerking = Bewerking(
        handeling="naam",
        titel=_("Contactpunt wijzigen") if bedrijf else _("Naam wijzigen"),
        rij=RIJ,
        paneel="naam",
        gelukt=str(CONTACTPUNT_OPGESLAGEN if bedrijf else NAAM_OPGESLAGEN),
        staat=lambda: _staat(request),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.wijzig_naam(
            klant.pk if klant else None, naam=formulier.nieuw, **gang
        ),
    )


@vereist("naam")
@require_http_methods(["GET", "POST"])
def naam_verwijderen(request: HttpRequest) -> HttpResponse:
    """De naam weg; wij noemen iemand dan zoals in het register."""
    klant = eigen_klant(request)
    if klant is None or getattr(klant, "naam", None) is None:
        raise Http404
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij=RIJ)
    bewerking = Bewerking(
        handeling="naam",
        titel=_("Naam verwijderen"),
        rij=RIJ,
        paneel="naam",
        uitleg=f"{_('Wilt u deze naam verwijderen?')} {officieel_van(request).naam}",
        knop=_("Ja, verwijderen"),
        gevaar=True,
        gelukt=_("Uw naam is verwijderd."),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.verwijder_naam(klant.pk, **gang),
    )


def _staat(request: HttpRequest) -> Staat | None:
    nu = getattr(eigen_klant(request), "naam", None)
    return staat_van(request, nu, nu.tekst() if nu else "")
