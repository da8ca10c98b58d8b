"""Abuse limits on logging in: per client address, counted in PostgreSQL."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.limieten import tel

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def adres_van(request: HttpRequest) -> str:
    """The client's address: the last one that our own proxy added, where there is a proxy."""
    doorgegeven = request.headers.get("X-Forwarded-For", "") if settings.ACHTER_PROXY else ""
    adres: str = doorgegeven.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return adres


def te_vaak(request: HttpRequest, wat: str) -> HttpResponse | None:
    """Count one more `wat` from this address; return the 429 page when it is too much."""
    wacht = tel(
        f"{wat}:{adres_van(request)}",
        venster_s=60,
        maximum=settings.INLOG_PER_MINUUT,
        op=timezone.now(),
    )
    if not wacht:
        return None
    antwoord = render(request, "inloggen/te_vaak.html", {"wacht": wacht}, status=429)
    antwoord["Retry-After"] = str(wacht)
    return antwoord


def begrensd(wat: str) -> Callable[[View[P]], View[P]]:
    """Answer 429 when one address asks this view too often; a hit is a line in the log."""

    def omhul(view: View[P]) -> View[P]:
        @wraps(view)
        def geteld(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return te_vaak(request, wat) or view(request, *args, **kwargs)

        return cast(View[P], geteld)

    return omhul
