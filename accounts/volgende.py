"""Where to go on after a login: only to a page of ours, behind login, that answers to GET."""

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

MAXIMUM = 500


def _neemt_get(view: Callable[..., Any] | None) -> bool:
    """Django's `require_http_methods` keeps its list in a closure; look through all decorators."""
    while view is not None:
        methoden = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if methoden is not None and "GET" not in methoden:
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def eigen_pagina(adres: str | None, *, ook_open: bool = False) -> str:
    """Return `adres` (path and query) when it is one of our pages behind login, else "".

    `ook_open`: a page that also works without login will do, for who is logged in already.
    """
    if not adres or len(adres) > MAXIMUM or not adres.startswith("/") or adres.startswith("//"):
        return ""
    if not url_has_allowed_host_and_scheme(adres, allowed_hosts=None):
        return ""
    try:
        view = resolve(urlsplit(adres).path).func
    except (Resolver404, ValueError):
        return ""
    past = ook_open or getattr(view, "login_required", True)
    return adres if past and _neemt_get(view) else ""


def pagina_van(request: HttpRequest) -> str:
    """Return the page somebody is on: for an htmx request the page that sent it."""
    huidig = request.headers.get("HX-Current-URL", "") if "HX-Request" in request.headers else ""
    if huidig:
        delen = urlsplit(huidig)
        return eigen_pagina(f"{delen.path}?{delen.query}" if delen.query else delen.path)
    return eigen_pagina(request.get_full_path())
