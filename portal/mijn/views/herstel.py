"""Dit was ik niet: de link uit een bericht toont een bladzijde, pas haar POST zet terug."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.grenzen import adres_van
from accounts.limieten import tel
from accounts.sessie import beeindig
from portal.klanten import handelingen
from portal.klanten.regels import LinkVerlopen, RegelGeschonden


@login_not_required
@require_http_methods(["GET", "POST"])
def dit_was_ik_niet(request: HttpRequest, token: str) -> HttpResponse:
    """VAL-1, de ene uitzondering: zonder inlog, maar alleen de vorige waarde terug, één keer."""
    op = timezone.now()
    sleutel = f"herstel:{adres_van(request)}"
    if tel(sleutel, venster_s=60, maximum=settings.HERSTEL_PER_MINUUT, op=op):
        return _toon(request, "te_vaak", status=429)
    try:
        gegeven = handelingen.kijk_herstellink(token, op=op)
        if request.method == "GET":
            return _toon(request, "vraag", gegeven=gegeven)
        herstelling = handelingen.herstel_met_link(token, op=op)
    except LinkVerlopen:
        return _toon(request, "verlopen", status=404)
    except RegelGeschonden as fout:
        return _toon(request, "vraag", gegeven=gegeven, fout=fout.in_taal(gettext), status=409)
    beeindig(subject__in=herstelling.subjecten)
    return _toon(request, "klaar")


def _toon(
    request: HttpRequest, stap: str, *, gegeven: str = "", fout: str = "", status: int = 200
) -> HttpResponse:
    context = {"stap": stap, "gegeven": gegeven, "fout": fout}
    antwoord = render(request, "mijn/dit_was_ik_niet.html", context, status=status)
    antwoord["Cache-Control"] = "no-store"
    return antwoord
