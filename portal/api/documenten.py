"""The open documents: OpenAPI as JSON, and a page for people."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.api.api import Api
from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.fouten import TITELS, Fout

View = Callable[[HttpRequest], HttpResponse]


def openapi_van(api: Api) -> View:
    """The view of one surface's document; made once per process, readable from any origin."""

    @cache
    def inhoud() -> bytes:
        return JsonResponse(api.get_openapi_schema()).content

    def openapi(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            raise Fout("method_not_allowed", koppen={"Allow": "GET, HEAD"})
        kop = {"Access-Control-Allow-Origin": "*"}
        return HttpResponse(inhoud(), content_type="application/json", headers=kop)

    return openapi


@login_not_required
@require_safe
def uitleg(request: HttpRequest) -> HttpResponse:
    """What each surface can do and which refusals there are, without a script from elsewhere."""
    fouten = [{"code": c, "status": s, "titel": t} for c, (s, t) in TITELS.items()]
    context = {
        "vlakken": [_vlak(api) for api in (eigen, standaard, notificaties)],
        "doelen": settings.DOELEN,
        "fouten": fouten,
    }
    return render(request, "api/uitleg.html", context)


def _vlak(api: Api) -> dict[str, object]:
    document = api.get_openapi_schema()
    return {
        "titel": document["info"]["title"],
        "uitleg": document["info"]["description"],
        "versie": document["info"]["version"],
        "basis": api.basis,
        "operaties": [
            {"methode": methode.upper(), "pad": f"{api.basis}{pad}", **operatie}
            for pad, methoden in document["paths"].items()
            for methode, operatie in methoden.items()
        ],
    }
