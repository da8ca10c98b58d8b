"""Abuse limits on logging in and on codes: per address and per session, in PostgreSQL."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.limieten import tel

log = logging.getLogger("accounts.inloggen")
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CODE = "code"


def adres_van(request: HttpRequest) -> str:
    """The client's address: the last one that our own proxy added, where there is a proxy."""
    doorgegeven = request.headers.get("X-Forwarded-For", "") if settings.ACHTER_PROXY else ""
    adres: str = doorgegeven.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return adres


def te_vaak(request: HttpRequest, wat: str) -> HttpResponse | None:
    """Count one more `wat` from this address and in this session; 429 when one is too many.

    The session counts as well, because one browser may come from many addresses.
    """
    wie = [f"{wat}:{adres_van(request)}"]
    if request.session.session_key:
        wie.append(f"{wat}:sessie:{request.session.session_key}")
    op, maximum = timezone.now(), settings.INLOG_PER_MINUUT
    wacht = max(tel(sleutel, venster_s=60, maximum=maximum, op=op) for sleutel in wie)
    if not wacht:
        return None
    _meld(wat, op)
    context = {"wacht": wacht, "code": wat == CODE, "hier": request.path}
    antwoord = render(request, "inloggen/te_vaak.html", context, status=429)
    antwoord["Retry-After"] = str(wacht)
    return antwoord


def _meld(wat: str, op: datetime) -> None:
    """Tell operators once a minute what is tried too often; not by whom."""
    if not tel(f"te_vaak:{wat}", venster_s=60, maximum=1, op=op):
        log.warning("te_vaak", extra={"wat": wat})


def begrensd(wat: str, *, alleen_post: bool = False) -> Callable[[View[P]], View[P]]:
    """Answer 429 when one address or session asks this view too often.

    `alleen_post`: looking at the page does not count.
    """

    def omhul(view: View[P]) -> View[P]:
        @wraps(view)
        def geteld(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            telt = request.method == "POST" or not alleen_post
            return (telt and te_vaak(request, wat)) or view(request, *args, **kwargs)

        return cast(View[P], geteld)

    return omhul
