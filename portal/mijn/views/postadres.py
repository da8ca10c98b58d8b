"""Het postadres: in Nederland of in een ander land."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.regels import Adressoort
from portal.mijn.bewerken import Bewerking, Staat, bewerk, formulier_voor, staat_van
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.postadres import BuitenlandsAdresFormulier, PostadresFormulier
from portal.mijn.panelen.adres import RIJ
from portal.mijn.panelen.officieel import officieel_van
from portal.mijn.toegang import eigen_klant
from portal.mijn.weergave import adrestekst, postcode
from portal.registers.instellingen import is_gekoppeld

GELUKT = gettext_lazy(
    "Uw postadres is opgeslagen. Wij geven het door aan de afdelingen die het gebruiken."
)


@vereist("postadres")
@require_http_methods(["GET", "POST"])
def adres(request: HttpRequest) -> HttpResponse:
    """Een Nederlands adres; wie nu een buitenlands adres heeft, kan hier overstappen."""
    return _bewerk(request, PostadresFormulier, buitenland=False)


@vereist("postadres")
@require_http_methods(["GET", "POST"])
def adres_buitenland(request: HttpRequest) -> HttpResponse:
    """Een adres in een ander land."""
    return _bewerk(request, BuitenlandsAdresFormulier, buitenland=True)


@vereist("postadres")
@require_http_methods(["GET", "POST"])
def adres_verwijderen(request: HttpRequest) -> HttpResponse:
    """Het postadres weg; de post gaat weer naar het woonadres."""
    klant = eigen_klant(request)
    if klant is None or getattr(klant, "postadres", None) is None:
        raise Http404
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij=RIJ)
    bewerking = Bewerking(
        handeling="postadres",
        titel=_("Postadres verwijderen"),
        rij=RIJ,
        paneel="adres",
        uitleg=f"{_('Wilt u dit postadres verwijderen?')} {officieel_van(request).post}",
        knop=_("Ja, verwijderen"),
        gevaar=True,
        gelukt=_("Uw postadres is verwijderd."),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.verwijder_postadres(klant.pk, **gang),
    )


def _bewerk(
    request: HttpRequest,
    soort: type[PostadresFormulier] | type[BuitenlandsAdresFormulier],
    *,
    buitenland: bool,
) -> HttpResponse:
    klant = eigen_klant(request)
    begin = _begin(getattr(klant, "postadres", None), soort, buitenland=buitenland)
    formulier = formulier_voor(request, soort, klant, rij=RIJ, **begin)
    if isinstance(formulier, PostadresFormulier) and is_gekoppeld("pdok"):
        formulier.help_bij(reverse("mijn:adreshulp"))
    ander = (
        (_("Toch een adres in Nederland"), reverse("mijn:adres"))
        if buitenland
        else (_("Adres in een ander land"), reverse("mijn:adres_buitenland"))
    )
    bewerking = Bewerking(
        handeling="postadres",
        titel=_("Postadres in een ander land") if buitenland else _("Postadres"),
        rij=RIJ,
        paneel="adres",
        uitleg=str(officieel_van(request).wet),
        gelukt=str(GELUKT),
        links=[ander],
        staat=lambda: _staat(request),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.wijzig_postadres(
            klant.pk if klant else None, adres=formulier.nieuw, **gang
        ),
    )


def _begin(stond: Any, soort: type[EenmaligFormulier], *, buitenland: bool) -> dict[str, Any]:
    """Vul in wat er staat, als dat van deze soort is."""
    if stond is None or (stond.soort == Adressoort.BUITENLAND) != buitenland:
        return {}
    getypt = [naam for naam in soort.base_fields if naam not in EenmaligFormulier.base_fields]
    velden = [naam for naam in getypt if hasattr(stond, naam)]
    begin = {naam: getattr(stond, naam) for naam in velden}
    for naam in ("geldig_vanaf", "geldig_tot"):
        begin[naam] = begin[naam].strftime("%d %m %Y") if begin[naam] else ""
    if not buitenland:
        begin["postcode"] = postcode(stond.postcode)
    return begin


def _staat(request: HttpRequest) -> Staat | None:
    nu = getattr(eigen_klant(request), "postadres", None)
    return staat_van(request, nu, adrestekst(nu) if nu else "")
