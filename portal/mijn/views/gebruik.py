"""Wie mijn gegevens gebruikte, en aan wie een wijziging is doorgegeven."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.logboek.inzage import Gebruik, gebruik_van
from portal.mijn.antwoord import toon
from portal.mijn.toegang import authenticatie_van, eigen_klant
from portal.mijn.woorden import velden_in_woorden
from portal.webhooks.inzage import Doorgifte, doorgegeven


@vereist("inzien")
@require_safe
def gebruik(request: HttpRequest) -> HttpResponse:
    """Elk gebruik door een afdeling, en elke doorgifte met wanneer zij aankwam."""
    klant = eigen_klant(request)
    meldingen = [rij.pk for rij in handelingen.eigen_terugmeldingen(authenticatie_van(request))]
    onderwerpen = [klant.pk, *meldingen] if klant else meldingen
    gebruikt = gebruik_van(*onderwerpen, ook_eigen=False)
    doorgiften = doorgegeven(klant.pk) if klant else []
    return toon(
        request,
        "mijn/gebruik.html",
        klant=klant,
        gebruikt=[_gebruik(regel) for regel in gebruikt],
        doorgiften=[_doorgifte(regel) for regel in doorgiften],
    )


def _gebruik(regel: Gebruik) -> dict[str, object]:
    return {
        "op": regel.op,
        "wie": regel.afdeling or regel.organisatie,
        "organisatie": regel.organisatie,
        "doel": _(regel.doel) if regel.doel else "",
        "gegevens": velden_in_woorden(regel.gegevens),
    }


def _doorgifte(regel: Doorgifte) -> dict[str, object]:
    return {
        "ontvanger": regel.ontvanger,
        "wat": velden_in_woorden(regel.velden),
        "gebeurd_op": regel.gebeurd_op,
        "bezorgd_op": regel.bezorgd_op,
    }
