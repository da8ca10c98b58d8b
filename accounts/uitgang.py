"""Logging out: by the person, by the provider behind our back, and what is said afterwards."""

import datetime as dt
import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts import sleutels
from accounts.achterkanaal import Budget, ontdek
from accounts.concepten import bewaar_concept
from accounts.controles import Afgewezen, is_onderwerp
from accounts.grenzen import begrensd
from accounts.identiteit import pseudoniem
from accounts.inlog import Inlog, inlog_of_niets
from accounts.limieten import tel
from accounts.providers import Aanbieder, aanbieders
from accounts.sessie import beeindig, einde
from accounts.verhogen import naar
from accounts.volgende import eigen_pagina

log = logging.getLogger("accounts.inloggen")
GEBEURTENIS = "http://schemas.openid.net/event/backchannel-logout"
AFMELDEN_MAX = 180


def _weg(antwoord: HttpResponse) -> HttpResponse:
    """Nothing of the person stays in this browser: not in its cache, not in its storage."""
    antwoord["Cache-Control"] = "no-store"
    antwoord["Clear-Site-Data"] = '"cache", "storage"'
    return antwoord


def _bij_aanbieder(request: HttpRequest, inlog: Inlog) -> str:
    """The address that ends the session at the provider; without token or identifier in it."""
    aanbieder = aanbieders().get(inlog.aanbieder)
    if aanbieder is None or aanbieder.uitloggen == "lokaal":
        return ""
    try:
        eindpunt = ontdek(aanbieder, Budget(2)).get("end_session_endpoint")
    except Afgewezen:
        return ""
    if not isinstance(eindpunt, str):
        return ""
    vraag = {
        "client_id": aanbieder.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("accounts:uitgelogd")),
        "ui_locales": (get_language() or "nl")[:2],
    }
    return f"{eindpunt}?{urlencode(vraag)}"


@login_not_required
@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    """End the session here first, whatever the provider does, and then there."""
    inlog = inlog_of_niets(request)
    adres = _bij_aanbieder(request, inlog) if inlog else ""
    einde(request)
    log.info("sessie.uitgelogd", extra={"aanbieder": inlog.aanbieder if inlog else ""})
    return _weg(naar(request, adres or settings.LOGOUT_REDIRECT_URL))


@login_not_required
@never_cache
@require_safe
def uitgelogd(request: HttpRequest) -> HttpResponse:
    """You are logged out; how to log in again."""
    return _weg(render(request, "inloggen/uitgelogd.html"))


@login_not_required
@never_cache
@require_safe
def sessie_verlopen(request: HttpRequest) -> HttpResponse:
    """The session ends here, also when only the browser's clock brought the person."""
    if request.user.is_authenticated:
        auth.logout(request)
        log.info("sessie.verlopen")
    context = {"next": eigen_pagina(request.GET.get("next"))}
    return _weg(render(request, "inloggen/sessie_verlopen.html", context))


@require_POST
def verlengen(request: HttpRequest) -> HttpResponse:
    """Stay logged in; without JavaScript back to the page, which finds the fields in a draft."""
    request.session["laatst_actief"] = timezone.now().timestamp()
    if "HX-Request" in request.headers:
        return HttpResponse(status=204)
    terug = eigen_pagina(request.POST.get("next"), ook_open=True)
    velden = {naam: w for naam, w in request.POST.lists() if naam != "next"}
    if terug and velden.keys() - {"csrfmiddlewaretoken"}:
        bewaar_concept(request, terug.partition("?")[0], velden)
    return HttpResponseRedirect(terug or settings.LOGIN_REDIRECT_URL)


def eis_afmelding(claims: dict[str, Any], nu: float) -> None:
    """The rules of a logout token besides signature, issuer and audience; raises Afgewezen."""
    gebeurtenissen = claims.get("events")
    if not (isinstance(gebeurtenissen, dict) and isinstance(gebeurtenissen.get(GEBEURTENIS), dict)):
        raise Afgewezen("events")
    if "nonce" in claims:
        raise Afgewezen("nonce")
    iat = claims.get("iat")
    if isinstance(iat, bool) or not isinstance(iat, int) or not nu - AFMELDEN_MAX <= iat <= nu + 60:
        raise Afgewezen("tijden")
    jti, sid, sub = (claims.get(naam) for naam in ("jti", "sid", "sub"))
    if not isinstance(jti, str) or not (is_onderwerp(sid) or is_onderwerp(sub)):
        raise Afgewezen("vormen")


def meld_af(aanbieder: Aanbieder, token: str, op: dt.datetime) -> int:
    """End the sessions a logout token names; return how many. Raises Afgewezen."""
    vereist = ("iss", "aud", "iat", "jti", *(() if aanbieder.logout_zonder_exp else ("exp",)))
    claims = sleutels.geverifieerd(token, aanbieder, Budget(), vereist=vereist)
    eis_afmelding(claims, op.timestamp())
    if tel(f"afmelding:{aanbieder.slug}:{claims['jti']}", venster_s=600, maximum=1, op=op):
        raise Afgewezen("herhaald")
    if "sid" in claims:
        return beeindig(aanbieder=aanbieder.slug, sid_index=pseudoniem(claims["sid"], "sid"))
    return beeindig(aanbieder=aanbieder.slug, sub_index=pseudoniem(claims["sub"], "sub"))


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@begrensd("inloggen.afgemeld")
def afgemeld(request: HttpRequest, slug: str) -> HttpResponse:
    """The provider says that somebody logged out there (back-channel logout): 200 or 400."""
    aanbieder = aanbieders().get(slug)
    try:
        if aanbieder is None:
            raise Afgewezen("aanbieder")
        aantal = meld_af(aanbieder, request.POST.get("logout_token", ""), timezone.now())
    except Afgewezen as fout:
        log.warning("afmelding.geweigerd", extra={"aanbieder": slug, "reden": fout.reden})
        return HttpResponse(status=400)
    log.info("sessie.beeindigd_door_aanbieder", extra={"aanbieder": slug, "aantal": aantal})
    return HttpResponse(status=200)


@login_not_required
@require_GET
def openbare_sleutels(request: HttpRequest) -> HttpResponse:
    """The public keys we make ourselves known with (JWKS)."""
    antwoord = JsonResponse({"keys": sleutels.openbare_sleutels(list(aanbieders().values()))})
    antwoord["Cache-Control"] = "public, max-age=3600"
    return antwoord
