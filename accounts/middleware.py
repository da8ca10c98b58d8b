"""What every request passes: the session ends in time, and nothing is open by default."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from accounts.concepten import bewaar_voor
from accounts.inlog import inlog_of_niets
from accounts.sessie import resterend
from accounts.verhogen import naar
from accounts.volgende import pagina_van

log = logging.getLogger("accounts.inloggen")
ACHTERGROND = "X-Achtergrond"
PER = 30
"""Activity is written down at most once in so many seconds: a session ends early, never late."""

Antwoord = Callable[[HttpRequest], HttpResponse]


def naar_verlopen(request: HttpRequest) -> HttpResponse:
    """Lead to the page that says the session has ended, and that knows the way back."""
    pagina = pagina_van(request)
    vraag = f"?{urlencode({'next': pagina})}" if pagina else ""
    antwoord = naar(request, f"{reverse('accounts:sessie_verlopen')}{vraag}")
    antwoord["Cache-Control"] = "no-store"
    antwoord["Clear-Site-Data"] = '"cache", "storage"'
    return antwoord


class Sessiemiddleware(SessionMiddleware):
    """Django's own, but a session that vanished meanwhile (logged out elsewhere) is no bare 400."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            antwoord = naar_verlopen(request)
            antwoord.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
            return antwoord


class SessieRegels:
    """15 minutes idle, 3 hours at most, counted on the server; background requests do not count.

    Answers to who is logged in are never stored, and tell in `X-Sessie-Over` and `X-Sessie-Einde`
    how many seconds are left until the idle and the absolute end.
    """

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self._zonder_inlog(request)
        nu = timezone.now().timestamp()
        if inlog_of_niets(request) is None or not resterend(request, nu=nu)[0]:
            return self._verlopen(request)
        if ACHTERGROND not in request.headers and nu - request.session["laatst_actief"] >= PER:
            request.session["laatst_actief"] = nu
        antwoord = self.get_response(request)
        antwoord.setdefault("Cache-Control", "no-store")
        if request.user.is_authenticated:
            over, einde = resterend(request, nu=nu)
            antwoord["X-Sessie-Over"], antwoord["X-Sessie-Einde"] = str(over), str(einde)
        return antwoord

    def _zonder_inlog(self, request: HttpRequest) -> HttpResponse:
        """A cookie of a session that is gone: an open tab should learn it, a background one too."""
        if ACHTERGROND in request.headers:
            return naar_verlopen(request)
        return self.get_response(request)

    def _verlopen(self, request: HttpRequest) -> HttpResponse:
        inlog = inlog_of_niets(request)
        if inlog and request.method == "POST":
            bewaar_voor(inlog, request.path, dict(request.POST.lists()))
        auth.logout(request)
        log.info("sessie.verlopen")
        return naar_verlopen(request)


class InlogVerplicht(LoginRequiredMiddleware):
    """Closed unless a view says `login_not_required`; htmx is sent away by header.

    Paths in INLOG_VRIJE_PADEN establish by a token who asks and are left alone.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.path.startswith(tuple(settings.INLOG_VRIJE_PADEN)):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # for htmx it is no redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        pagina = pagina_van(request)
        vraag = f"?{urlencode({'next': pagina})}" if pagina else ""
        return naar(request, f"{resolve_url(settings.LOGIN_URL)}{vraag}")
