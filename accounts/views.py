"""Logging in: to the provider, back from it, and again when an act asks for more."""

import logging
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import namen
from accounts.achterkanaal import Druk, plaats
from accounts.controles import Afgewezen
from accounts.grenzen import begrensd, te_vaak
from accounts.inlog import Inlog, inlog_of_niets, inlog_van
from accounts.niveaus import Niveau
from accounts.oidc import Inlogstart
from accounts.providers import Aanbieder, aanbieders
from accounts.sessie import Eis, eis_voor
from accounts.teksten import DIGID_FOUT
from accounts.terugkeer import Uitkomst, ontvang
from accounts.verhogen import naar
from accounts.volgende import eigen_pagina

log = logging.getLogger("accounts.inloggen")
PAGINA_BIJ_REDEN = {
    "geannuleerd": "geannuleerd",
    "niveau": "niveau",
    "versheid": "niveau",
    "vertegenwoordiging": "geen_toegang",
    "identiteit": "geen_toegang",
    "sectorcode": "geen_toegang",
    "geblokkeerd": "geen_toegang",
}


def _aanbieder(request: HttpRequest, slug: str) -> Aanbieder:
    """The provider of this address; staff's exists on the management host only, and no other."""
    gevonden = aanbieders().get(slug)
    if gevonden is None:
        raise Http404
    op_beheer = request.get_host() == settings.BEHEER_HOST
    if settings.BEHEER_HOST and op_beheer != (gevonden.middel == "medewerker"):
        raise Http404
    return gevonden


def _eigen_adres(request: HttpRequest) -> str:
    """Where a login has to start: the one address people come back to; "" when it is here."""
    hier = request.get_host()
    if settings.DEMO or hier in {urlsplit(settings.PORTAAL_URL).netloc, settings.BEHEER_HOST}:
        return ""
    return f"{settings.PORTAAL_URL}{request.get_full_path()}"


def _te_vragen(aanbieder: Aanbieder, eis: Eis, huidig: Inlog | None) -> Niveau:
    """What the act asks, or what this session already has; raises Http404 if out of reach here."""
    niveau = max(eis.niveau, huidig.rang) if huidig else eis.niveau
    haalbaar = [n for n in (niveau, eis.niveau) if aanbieder.te_vragen(n)]
    if not haalbaar:
        raise Http404
    return haalbaar[0]


@login_not_required
@never_cache
@require_GET
@begrensd("inloggen.start")
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the provider. The level comes from the table of acts, never from the address."""
    aanbieder = _aanbieder(request, slug)
    if elders := _eigen_adres(request):
        return naar(request, elders)
    handeling = request.GET.get("handeling", "inzien")
    if handeling not in settings.INLOG_HANDELINGEN:
        raise Http404
    try:
        return naar(request, _vraag(request, aanbieder, handeling))
    except Afgewezen as fout:
        log.error("aanbieder.storing", extra={"aanbieder": slug, "detail": fout.detail})
        return HttpResponseRedirect(f"{reverse('accounts:mislukt')}?via={slug}")


def _vraag(request: HttpRequest, aanbieder: Aanbieder, handeling: str) -> str:
    """The address at the provider for this act; raises Afgewezen when it cannot be reached."""
    eis, huidig = eis_voor(handeling), inlog_of_niets(request)
    niveau = _te_vragen(aanbieder, eis, huidig)
    antwoord = Inlogstart().vraag(
        request, aanbieder, niveau, vers=eis.vers is not None, handeling=handeling,
        next=eigen_pagina(request.GET.get("next")),
        account_van=huidig.account_index if huidig else "",
    )  # fmt: skip
    extra = {"aanbieder": aanbieder.slug, "niveau_gevraagd": int(niveau)}
    log.info("inloggen.gestart", extra=extra)
    return str(antwoord["Location"])


@login_not_required
@never_cache
@require_GET
def terug(request: HttpRequest, slug: str) -> HttpResponse:
    """The provider sends somebody back; accounts.terugkeer decides how that ends."""
    aanbieder = _aanbieder(request, slug)
    try:
        with plaats():
            uitkomst = ontvang(request, aanbieder)
    except Druk:
        antwoord = render(request, "inloggen/druk.html", status=503)
        antwoord["Retry-After"] = "5"
    else:
        antwoord = _na(request, aanbieder, uitkomst)
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord


def _na(request: HttpRequest, aanbieder: Aanbieder, uitkomst: Uitkomst) -> HttpResponse:
    """Where to go after a return: on, or to the page of the outcome."""
    poging = uitkomst.poging
    if not uitkomst.reden and poging is not None:
        if uitkomst.iemand_anders:
            messages.info(request, _("U bent nu ingelogd als iemand anders."))
            return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
        return HttpResponseRedirect(poging.next or _begin(aanbieder))
    if uitkomst.reden in {"onbekend", "verlopen"} and request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if uitkomst.reden == "onbekend" and (vol := te_vaak(request, "inloggen.onbekend")):
        return vol
    return _naar_uitkomst(aanbieder, uitkomst)


def _begin(aanbieder: Aanbieder) -> str:
    """Staff start in the management site, everybody else at the overview."""
    return reverse("admin:index") if aanbieder.middel == "medewerker" else "/overzicht/"


def _naar_uitkomst(aanbieder: Aanbieder, uitkomst: Uitkomst) -> HttpResponse:
    pagina = PAGINA_BIJ_REDEN.get(uitkomst.reden, "mislukt")
    vraag = {"via": aanbieder.slug}
    if uitkomst.beeindigd:
        vraag["uit"] = "1"
    if uitkomst.reden == "verlopen":
        vraag["telang"] = "1"
    if uitkomst.code and pagina == "mislukt":
        vraag["code"] = uitkomst.code
    if uitkomst.poging is not None and pagina in {"niveau", "geannuleerd"}:
        vraag["handeling"] = uitkomst.poging.handeling
    return HttpResponseRedirect(f"{reverse(f'accounts:{pagina}')}?{urlencode(vraag)}")


def _wat_ging_mis(request: HttpRequest) -> dict[str, Any]:
    """Context of an outcome page: fixed words from the address, checked against our own lists."""
    slug = request.GET.get("via", "")
    aanbieder = aanbieders().get(slug)
    handeling = request.GET.get("handeling", "inzien")
    if handeling not in settings.INLOG_HANDELINGEN:
        handeling = "inzien"
    code = request.GET.get("code", "")
    return {
        "aanbieder": aanbieder,
        "handeling": handeling,
        "wil": namen.handeling_naam(handeling),
        "nodig": namen.niveau_naam(aanbieder.middel, eis_voor(handeling).niveau)
        if aanbieder
        else "",
        "beeindigd": "uit" in request.GET,
        "te_lang": "telang" in request.GET,
        "code": code if code.isalnum() and len(code) <= 12 else "",
        "digid_fout": DIGID_FOUT,
    }


@login_not_required
@never_cache
@require_GET
def uitkomst(request: HttpRequest, pagina: str) -> HttpResponse:
    """One page per outcome, with one way on; `pagina` comes from urls.py."""
    return render(request, f"inloggen/{pagina}.html", _wat_ging_mis(request))


@require_GET
def opnieuw(request: HttpRequest) -> HttpResponse:
    """Why an act asks for a more secure or a new login, and the button to do it."""
    handeling = request.GET.get("handeling", "")
    if handeling not in settings.INLOG_HANDELINGEN:
        raise Http404
    inlog, eis = inlog_van(request), eis_voor(handeling)
    context = {
        "middelen": namen.middelen_voor(handeling, inlog),
        "handeling": handeling,
        "wil": namen.handeling_naam(handeling),
        "middel": inlog.middel,
        "te_laag": inlog.rang < eis.niveau,
        "nodig": namen.niveau_naam(inlog.middel, eis.niveau),
        "had": namen.niveau_naam(inlog.middel, inlog.rang),
        "next": eigen_pagina(request.GET.get("next")),
    }
    return render(request, "inloggen/opnieuw.html", context)
