"""Beveiliging: wanneer er is ingelogd, wat iemand niet herkent, en overal uitloggen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import inlogregels
from accounts.inlog import inlog_van
from accounts.namen import middel_naam, niveau_naam
from accounts.niveaus import Niveau
from accounts.sessie import beeindig, einde, vereist
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.toegang import eigen_klant


@vereist("beveiliging")
@require_safe
def beveiliging(request: HttpRequest) -> HttpResponse:
    """De inlogs van 90 dagen, nieuwste eerst, en deze inlog zelf."""
    inlog = inlog_van(request)
    regels = [
        {
            "id": regel.pk,
            "op": regel.op,
            "middel": middel_naam(regel.middel),
            "niveau": niveau_naam(regel.middel, Niveau(regel.niveau)),
            "zelf": regel.handelende == inlog.handelende_pseudoniem,
            "niet_herkend": regel.niet_herkend_op is not None,
        }
        for regel in inlogregels.regels_van(inlog.ingelogd_index, op=timezone.now())[:100]
    ]
    eigen_klant(request)  # its name stands in the band
    nu = {"middel": middel_naam(inlog.middel), "niveau": niveau_naam(inlog.middel, inlog.rang)}
    return toon(request, "mijn/beveiliging.html", regels=regels, nu=nu)


@vereist("beveiliging")
@require_POST
def herken_niet(request: HttpRequest, regel: int) -> HttpResponse:
    """Iemand herkent een inlog niet: alle andere sessies van wie het betreft eindigen meteen.

    Not only those of who asks: the login that nobody knows may be in another name.
    """
    inlog = inlog_van(request)
    if not inlogregels.herken_niet(inlog.ingelogd_index, regel, op=timezone.now()):
        raise Http404
    beeindig(subject__in=inlog.sessie_indexen, behalve=request.session.session_key)
    melding = _("Wij hebben u op alle andere apparaten uitgelogd. Bel ons als u zich zorgen maakt.")
    return vertrek(request, reverse("mijn:beveiliging"), melding)


@vereist("beveiliging")
@require_POST
def overal_uitloggen(request: HttpRequest) -> HttpResponse:
    """Eindig alle sessies van wie dit vraagt, ook deze."""
    beeindig(account=inlog_van(request).account_index)
    einde(request)
    return redirect("accounts:uitgelogd")
