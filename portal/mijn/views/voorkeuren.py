"""Contactvoorkeuren: kanaal per soort bericht, en de taal van de brieven."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.regels import Voorkeursoort
from portal.mijn.antwoord import toon
from portal.mijn.bewerken import Bewerking, Staat, bewerk, formulier_voor, staat_van
from portal.mijn.forms.voorkeuren import LABELS, VoorkeurFormulier
from portal.mijn.panelen import voorkeuren as paneel
from portal.mijn.panelen.nadruk import Nadruk
from portal.mijn.panelen.pagina import taken
from portal.mijn.toegang import Klant, Voorkeur, eigen_klant, voorkeuren_van


@vereist("inzien")
@require_safe
def contactvoorkeuren(request: HttpRequest) -> HttpResponse:
    """Alle voorkeuren op één bladzijde."""
    klant = eigen_klant(request)
    getekend = paneel.paneel(klant, nadruk=Nadruk(rij=paneel.rij_id(Voorkeursoort.ALGEMEEN)))
    return toon(
        request, "mijn/contactvoorkeuren.html", paneel=getekend, taken=taken(klant, hooguit=1)
    )


@vereist("voorkeuren")
@require_http_methods(["GET", "POST"])
def voorkeur(request: HttpRequest, soort: str) -> HttpResponse:
    """Eén voorkeur kiezen of wijzigen."""
    if soort not in set(Voorkeursoort):
        raise Http404
    over, klant = Voorkeursoort(soort), eigen_klant(request)
    plek = paneel.rij_id(over)
    begin = {"keuze": rij.keuze} if (rij := _gekozen(klant, over)) else {}
    formulier = formulier_voor(request, VoorkeurFormulier, klant, rij=plek, **begin)
    formulier.kies_voor(over)
    bewerking = Bewerking(
        handeling="voorkeuren",
        titel=str(LABELS[over]),
        rij=plek,
        paneel="voorkeuren",
        gelukt=_("Uw keuze is opgeslagen."),
        staat=lambda: _staat(request, over),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.wijzig_voorkeuren(
            klant.pk if klant else None, keuzes=[formulier.nieuw], **gang
        ),
    )


def _gekozen(klant: Klant | None, soort: Voorkeursoort) -> Voorkeur | None:
    return next((rij for rij in voorkeuren_van(klant) if rij.soort == soort), None)


def _staat(request: HttpRequest, soort: Voorkeursoort) -> Staat | None:
    rij = _gekozen(eigen_klant(request), soort)
    return staat_van(request, rij, paneel.tekst(soort, rij.keuze) if rij else "")
