"""On the way to logging in again: to the page that explains why, with what was typed kept."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.concepten import bewaar_concept
from accounts.volgende import eigen_pagina


def naar(request: HttpRequest, adres: str) -> HttpResponse:
    """Leave the page: a redirect, or for htmx the header that makes the browser navigate."""
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(adres)
    return HttpResponseRedirect(adres)


def naar_opnieuw(request: HttpRequest, handeling: str) -> HttpResponse:
    """Lead to the page that explains; a POST leaves its fields in a draft named by its path."""
    if request.method == "POST":
        bewaar_concept(request, request.path, dict(request.POST.lists()))
    vraag = {"handeling": handeling, "next": eigen_pagina(request.path)}
    return naar(request, f"{reverse('accounts:opnieuw')}?{urlencode(vraag)}")
