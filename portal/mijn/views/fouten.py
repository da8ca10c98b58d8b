"""Error pages: what went wrong and what to do next, also without database and session."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ReadOnlySqlTransaction

from portal.gemeente import gemeente
from portal.mijn.schil import ADRESSEN

# Title and explanation per status; the page adds the way on.
PAGINAS = {
    400: (
        _("Wij begrijpen dit niet"),
        _("Uw browser stuurde iets wat wij niet kunnen lezen. Ga terug en probeer het opnieuw."),
    ),
    403: (
        _("U mag deze pagina niet openen"),
        _("Misschien bent u met een ander inlogmiddel ingelogd."),
    ),
    404: (_("Deze pagina is er niet"), _("Misschien is het webadres niet goed overgenomen.")),
    405: (
        _("Zo kunt u deze pagina niet openen"),
        _("Gebruik de knoppen en links op deze website."),
    ),
    409: (
        _("Iemand wijzigde dit net ook"),
        _("Er is niets opgeslagen. Ga terug en kijk wat er nu staat."),
    ),
    413: (
        _("Wat u verstuurt is te groot"),
        _("Er is niets opgeslagen. Maak de tekst korter en probeer het opnieuw."),
    ),
    429: (
        _("Het gaat even te snel"),
        _("U heeft dit te vaak geprobeerd. Wacht een paar minuten en probeer het opnieuw."),
    ),
    500: (
        _("Er ging iets mis"),
        _("Wij weten niet zeker of uw wijziging is opgeslagen. Kijk wat er nu staat."),
    ),
    503: (
        _("Het lukt nu even niet"),
        _("Probeer het over een paar minuten. Uw opgeslagen gegevens zijn veilig."),
    ),
}
CSRF = (
    _("Uw formulier is verlopen"),
    _("Er is niets opgeslagen. Ga terug, ververs de pagina en probeer het opnieuw."),
)
BIJ_LEZEN = (
    PAGINAS[500][0],
    _("Dat ligt aan ons, niet aan u. Probeer het over een paar minuten opnieuw."),
)
"""Who only asked for a page (500) changed nothing: nothing is in doubt."""
BEWAAR_HOOGUIT = 200  # fields that come back in the 503 page


def foutpagina(
    request: HttpRequest, status: int, tekst: tuple[object, object] | None = None
) -> HttpResponse:
    """The page of this status; for the API a problem document. Never raises for lack of a source.

    With a session that is already in memory the page keeps the menu and "Uitloggen".
    """
    titel, uitleg = tekst or PAGINAS[status]
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"status": status, "title": str(titel), "detail": str(uitleg)},
            status=status,
            content_type="application/problem+json",
        )
    context = {"status": status, "fouttitel": titel, "uitleg": uitleg}
    if status < 500 and "_cached_user" in vars(request):
        try:
            return render(request, "fouten/fout.html", context, status=status)
        except DatabaseError:
            pass
    return HttpResponse(_zonder_sessie(request, context), status=status)


def _zonder_sessie(request: HttpRequest, context: dict[str, object]) -> str:
    """Render with files and this request only: no session, no user, no database."""
    context |= {"gemeente": gemeente(), "adres": ADRESSEN, "demo": False}
    if context["status"] == 503 and request.method == "POST":
        context |= {
            "ingevuld": _ingevuld(request),
            "opnieuw_naar": request.path,
            "token": _token(request),
        }
    return render_to_string("fouten/fout.html", context)


def _token(request: HttpRequest) -> str:
    """A token for sending it again; before the form was checked only the one that came with it.

    A new one would vouch for a form that another site may have sent.
    """
    if getattr(request, "csrf_processing_done", False):
        return get_token(request)
    return request.POST.get("csrfmiddlewaretoken", "")


def _ingevuld(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, one-time key included: sending it again changes nothing twice."""
    paren = [(naam, waarde) for naam, waarden in request.POST.lists() for waarde in waarden]
    return [p for p in paren if p[0] != "csrfmiddlewaretoken"][:BEWAAR_HOOGUIT]


@login_not_required
def onjuist(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    return foutpagina(request, 400)


@login_not_required
def verboden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return foutpagina(request, 403)


@login_not_required
def onvindbaar(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return foutpagina(request, 404)


@login_not_required
def mislukt(request: HttpRequest) -> HttpResponse:
    """handler500; a database that is away, or only reads, is a 503 that keeps what was typed."""
    fout = sys.exc_info()[1]
    weigert = isinstance(getattr(fout, "__cause__", None), ReadOnlySqlTransaction)
    if not weigert and not isinstance(fout, OperationalError | InterfaceError):
        return foutpagina(request, 500, BIJ_LEZEN if request.method in {"GET", "HEAD"} else None)
    antwoord = foutpagina(request, 503)
    antwoord.headers["Retry-After"] = "30"
    return antwoord


@login_not_required
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the token of the form is missing or old."""
    return foutpagina(request, 403, CSRF)
