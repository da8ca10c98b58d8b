"""Het antwoord wordt één keer gekozen: bladzijde of deel, 200, 409, 422, of 303 na opslaan."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget


class Naar(HttpResponseRedirectBase):
    """303: wat hierna komt is een GET, ook na verversen of teruggaan."""

    status_code = 303


def is_htmx(request: HttpRequest) -> bool:
    """Vroeg htmx dit, en past een deel van de bladzijde dus als antwoord."""
    return bool(getattr(request, "htmx", False))


def toon(
    request: HttpRequest,
    pagina: str,
    deel: str = "",
    *,
    formulier: BaseForm | None = None,
    status: int = 0,
    **context: Any,
) -> HttpResponse:
    """Toon de bladzijde, of voor htmx het genoemde deel ervan; de status volgt het formulier.

    De server kiest het deel; het verzoek noemt nooit een sjabloon.
    """
    sjabloon = f"{pagina}#{deel}" if deel and is_htmx(request) else pagina
    inhoud = {"formulier": formulier, "los": not is_htmx(request), **context}
    antwoord = render(request, sjabloon, inhoud, status=status or _status(formulier))
    patch_vary_headers(antwoord, ["HX-Request"])
    return antwoord


def in_plaats_van(antwoord: HttpResponse, doel: str) -> HttpResponse:
    """Laat htmx het antwoord zetten op de plaats van `doel` (een css-kiezer)."""
    return reswap(retarget(antwoord, doel), "outerHTML")


def vertrek(request: HttpRequest, adres: str, melding: str = "", *, bij: str = "") -> HttpResponse:
    """Ga naar een andere bladzijde, ook vanuit htmx; `melding` staat daar bovenaan.

    `bij` is the id of the panel that the message is about: it is open then, and says it too.
    """
    if melding:
        messages.success(request, melding, extra_tags=bij)
    return HttpResponseClientRedirect(adres) if is_htmx(request) else Naar(adres)


def _status(formulier: BaseForm | None) -> int:
    if formulier is None or not formulier.is_bound:
        return 200
    if getattr(formulier, "conflict", False):
        return 409
    return 422 if formulier.errors else 200
