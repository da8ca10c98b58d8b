"""The open documents: OpenAPI as JSON, and a page for people."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.api.api import Api
from portal.api.fouten import Fout

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
