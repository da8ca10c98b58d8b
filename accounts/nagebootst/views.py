"""The stand-in provider: a real OpenID provider in this process, for demo and tests only."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import split_domain_port, validate_host
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.nagebootst import personen, sessie, tokens
from accounts.niveaus import Niveau
from accounts.providers import Aanbieder, aanbieders
from accounts.sleutels import eigen_sleutel

FOUTEN = {"annuleren": "access_denied", "storing": "server_error"}


def _aanbieder(middel: str) -> Aanbieder:
    gevonden = aanbieders().get(middel)
    if gevonden is None or middel not in personen.PERSONEN:
        raise Http404
    return gevonden


@login_not_required
@require_GET
def ontdekking(request: HttpRequest, middel: str) -> HttpResponse:
    """The discovery document; every means is its own issuer."""
    issuer = _aanbieder(middel).issuer
    return JsonResponse({
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/uitloggen",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "code_challenge_methods_supported": ["S256"],
        "id_token_signing_alg_values_supported": ["PS256", "RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    })  # fmt: skip


@login_not_required
@require_GET
def jwks(request: HttpRequest, middel: str) -> HttpResponse:
    """The public key of this process, the same for every means that there is."""
    _aanbieder(middel)
    return JsonResponse({"keys": [tokens.jwk()]})


def _is_eigen_adres(adres: str, pad: str) -> bool:
    """Does this address lead exactly to this path of the portal itself."""
    try:
        delen = urlsplit(adres)
    except ValueError:
        return False
    host = split_domain_port(delen.netloc)[0]
    onze = validate_host(host, settings.ALLOWED_HOSTS) and delen.scheme in {"http", "https"}
    return bool(onze and (delen.path, delen.query, delen.fragment) == (pad, "", ""))


def _vraag(request: HttpRequest, aanbieder: Aanbieder) -> dict[str, str]:
    """The question as asked; raises Http404 when it is not from our portal."""
    vraag = {naam: request.GET.get(naam, "") for naam in (
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "acr_values",
        "code_challenge", "code_challenge_method", "prompt")}  # fmt: skip
    pad = reverse("accounts:terug", args=[aanbieder.slug])
    if vraag["client_id"] != aanbieder.client_id or not _is_eigen_adres(vraag["redirect_uri"], pad):
        raise Http404
    return {**vraag, "issuer": aanbieder.issuer}


def _terug(vraag: dict[str, str], **velden: str) -> HttpResponse:
    antwoord = {"state": vraag["state"], "iss": vraag["issuer"], **velden}
    return HttpResponseRedirect(f"{vraag['redirect_uri']}?{urlencode(antwoord)}")


def _fout_in(vraag: dict[str, str]) -> str:
    """The OAuth error of a question that is not as the profile wants it, or ""."""
    if vraag["prompt"] == "none":
        return "login_required"
    goed = (
        vraag["response_type"] == "code"
        and "openid" in vraag["scope"].split()
        and vraag["code_challenge_method"] == "S256"
        and len(vraag["code_challenge"]) >= 43
        and len(vraag["nonce"]) >= 22
    )
    return "" if goed else "invalid_request"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest, middel: str) -> HttpResponse:
    """The page to choose who to be and at which level; its form answers the portal."""
    aanbieder = _aanbieder(middel)
    vraag = _vraag(request, aanbieder)
    if fout := _fout_in(vraag):
        return _terug(vraag, error=fout)
    if request.method == "POST" and (antwoord := _gekozen(request, aanbieder, vraag)):
        return antwoord
    gevraagd = vraag["acr_values"].split(" ")[0]
    niveaus = sorted((rang, acr, rang.name.lower()) for acr, rang in aanbieder.acr_in.items())
    context = {
        "aanbieder": aanbieder,
        "personen": personen.PERSONEN[middel],
        "niveaus": niveaus,
        "gevraagd": gevraagd,
        "vrij": middel in {"digid", "eherkenning"},
        "onbekend": request.method == "POST",
    }
    return render(request, "nagebootst/authorize.html", context)


def _gekozen(
    request: HttpRequest, aanbieder: Aanbieder, vraag: dict[str, str]
) -> HttpResponse | None:
    """Answer the portal with what was chosen; None when nobody was."""
    doe = request.POST.get("doe", "")
    if doe in FOUTEN:
        return _terug(vraag, error=FOUTEN[doe])
    if doe == "verlopen":
        return _terug({**vraag, "state": "verlopen"}, code="verlopen")
    nummer = request.POST.get("nummer", "").strip()
    wie = personen.persoon(aanbieder.slug, request.POST.get("persoon", ""), nummer)
    acr = request.POST.get("niveau") or vraag["acr_values"].split(" ")[0]
    if wie is None or aanbieder.acr_in.get(acr, Niveau.GEEN) is Niveau.GEEN:
        return None
    wat = tokens.inlog(vraag, {**wie.claims, "slug": wie.slug}, acr)
    eerder = sessie.sessie_van(request, aanbieder)
    if eerder and eerder["sub"] == wat["sub"]:
        wat["sid"] = eerder["sid"]
    antwoord = _terug(vraag, code=tokens.dicht(wat, "code"))
    sessie.onthoud(antwoord, aanbieder, wat)
    return antwoord


def _is_client(request: HttpRequest, aanbieder: Aanbieder) -> bool:
    """Client authentication with `private_key_jwt`, checked against the portal's own key."""
    try:
        inhoud = jwt.decode(
            request.POST.get("client_assertion", ""), eigen_sleutel(aanbieder).public_key(),
            algorithms=["PS256", "RS256"], audience=aanbieder.issuer, issuer=aanbieder.client_id,
            options={"require": ["exp", "jti", "sub"]},
        )  # fmt: skip
    except jwt.PyJWTError:
        return False
    return bool(inhoud["sub"] == aanbieder.client_id and not tokens.verbruikt(inhoud["jti"]))


def _klopt(request: HttpRequest, wat: dict[str, Any], aanbieder: Aanbieder) -> bool:
    """Is the code redeemed by who asked for it, at the same address, with the right verifier."""
    verifier = request.POST.get("code_verifier", "").encode()
    return bool(
        wat["issuer"] == aanbieder.issuer
        and wat["redirect_uri"] == request.POST.get("redirect_uri")
        and wat["code_challenge"] == tokens.base64url(sha256(verifier).digest())
    )


@csrf_exempt
@login_not_required
@require_POST
def token(request: HttpRequest, middel: str) -> HttpResponse:
    """Redeem a code, once, within a minute."""
    aanbieder = _aanbieder(middel)
    if not _is_client(request, aanbieder):
        return JsonResponse({"error": "invalid_client"}, status=401)
    code = request.POST.get("code", "")
    wat = tokens.open_(code, "code")
    if wat is None or not _klopt(request, wat, aanbieder) or tokens.verbruikt(code):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    wat["tot"] = int(timezone.now().timestamp()) + tokens.TOKEN_LEEFT
    return JsonResponse({
        "token_type": "Bearer",
        "access_token": tokens.dicht(wat, "toegang"),
        "id_token": tokens.id_token(wat, aanbieder.algoritmen[0]),
        "expires_in": tokens.TOKEN_LEEFT,
    })  # fmt: skip


@login_not_required
@require_GET
def userinfo(request: HttpRequest, middel: str) -> HttpResponse:
    """Who it is: the only answer with an identifier in it."""
    aanbieder = _aanbieder(middel)
    _, _, toegang = request.headers.get("Authorization", "").partition(" ")
    wat = tokens.open_(toegang, "toegang")
    if wat is None or wat["issuer"] != aanbieder.issuer:
        return JsonResponse({"error": "invalid_token"}, status=401)
    claims = {naam: w for naam, w in wat["claims"].items() if naam != "slug"}
    return JsonResponse({**claims, "sub": wat["sub"]})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def uitloggen(request: HttpRequest, middel: str) -> HttpResponse:
    """End the session at the stand-in and tell the portal; a link leads back to it.

    The portal sends people here to log out; who comes by themselves is asked first.
    """
    aanbieder = _aanbieder(middel)
    klaar = request.method == "POST" or request.GET.get("client_id") == aanbieder.client_id
    terug = request.GET.get("post_logout_redirect_uri", "")
    pad = reverse("accounts:uitgelogd")
    context = {
        "aanbieder": aanbieder,
        "terug": terug if _is_eigen_adres(terug, pad) else pad,
        "klaar": klaar,
        "ingelogd": sessie.sessie_van(request, aanbieder) is not None,
        "gemeld": klaar and sessie.meld_af(request, aanbieder),
    }
    antwoord = render(request, "nagebootst/uitgelogd.html", context)
    if klaar:
        sessie.vergeet(antwoord, aanbieder)
    return antwoord
