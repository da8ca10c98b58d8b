"""The pages for everyone, also without login."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from accounts.namen import nodig
from accounts.volgende import eigen_pagina
from portal.gemeente import gemeente
from portal.klanten.gegevens import gegevenssoorten, met_termijn
from portal.mijn.inlogmiddelen import inlogkeuze


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Choose how to log in; who is logged in already goes on to the overview."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {
        "keuze": inlogkeuze(),
        "nodig": _nodig(),
        "next": eigen_pagina(request.GET.get("next")),
    }
    return render(request, "openbaar/start.html", context)


@login_not_required
@require_safe
def hulp(request: HttpRequest) -> HttpResponse:
    """Help with logging in and with these pages, and which level each means needs."""
    return render(request, "openbaar/hulp.html", {"nodig": _nodig()})


def _nodig() -> dict[str, str]:
    """The lowest level of each means with which one can do anything here."""
    return {middel: nodig(middel) for middel in ("digid", "eherkenning")}


@login_not_required
@require_safe
def pagina(request: HttpRequest, naam: str) -> HttpResponse:
    """A page of only text; `naam` comes from urls.py, never from the address."""
    return render(request, f"openbaar/{naam}.html")


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies there are, under the names they have in this installation."""
    namen = {
        "sessie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "taal": settings.LANGUAGE_COOKIE_NAME,
    }
    return render(request, "openbaar/cookies.html", {"cookies": namen})


@login_not_required
@require_safe
def welke_gegevens(request: HttpRequest) -> HttpResponse:
    """What is stored, what for, on which ground and how long: gegevens.toml as a page."""
    soorten = [
        {
            "titel": gettext(soort.titel),
            "doel": gettext(soort.doel),
            "grondslag": gettext(soort.grondslag),
            "bewaren": met_termijn(gettext(soort.bewaren), settings.KLANTEN_ONGEBRUIKT_NA),
            "velden": [gettext(waarvoor) for waarvoor in soort.velden.values()],
        }
        for soort in gegevenssoorten()
        if soort.tonen
    ]
    return render(request, "openbaar/welke_gegevens.html", {"soorten": soorten})


@login_not_required
@require_safe
def beveiligingscontact(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness."""
    basis = settings.PORTAAL_URL
    verloopt = (datetime.now(UTC) + timedelta(days=180)).replace(microsecond=0)
    regels = [
        f"Contact: mailto:{gemeente().email_beveiliging}",
        f"Contact: {basis}/kwetsbaarheid/",
        f"Expires: {verloopt.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {basis}/.well-known/security.txt",
        f"Policy: {basis}/kwetsbaarheid/",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of the largest parts behind the log-in, and out of the API.

    Behind the log-in they see nothing anyway: every page there answers with the log-in.
    """
    paden = ("/overzicht/", "/mijn-gegevens/", "/inloggen/", "/api/")
    tekst = "User-agent: *\n" + "".join(f"Disallow: {pad}\n" for pad in paden)
    return HttpResponse(tekst, content_type="text/plain; charset=utf-8")


@login_not_required
@require_POST
def taal(request: HttpRequest) -> HttpResponse:
    """Set the language of the site; only this POST changes it."""
    return set_language(request)
