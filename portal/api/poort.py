"""The gate of the API surfaces: no session, no cookie, no language; every answer in its form."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from portal.api.fouten import MEDIATYPE, Fout, bij_status, probleem
from portal.logboek.schrijven import NietVastgelegd

logger = logging.getLogger(__name__)

VERSIES = {"/api/v1": "1.0.0", "/klanten/api/v1": "1.0.0", "/notificaties/api/v1": "1.0.1"}
"""Base path and version of each surface."""


UITLEG = "/api/v1/docs"
"""A page for people, so it goes the way of pages."""


def basis_van(pad: str) -> str | None:
    """Return the base path of the surface that `pad` belongs to, or None."""
    if pad == UITLEG:
        return None
    return next((basis for basis in VERSIES if pad == basis or pad.startswith(f"{basis}/")), None)


class ApiPoort:
    """Answers API paths itself: what follows in the list of middleware is for people's browsers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        basis = basis_van(request.path_info)
        if basis is None:
            return self.get_response(request)
        return _met_versie(_in_vorm(_antwoord(request)), basis)


def weigering(request: HttpRequest, status: int) -> HttpResponse:
    """The refusal of an API request that was not read at all."""
    antwoord = probleem(bij_status(status))
    _met_versie(antwoord, basis_van(request.path) or "")
    return antwoord


def _met_versie(antwoord: HttpResponseBase, basis: str) -> HttpResponseBase:
    antwoord["API-Version"] = VERSIES[basis]
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _antwoord(request: HttpRequest) -> HttpResponseBase:
    """HEAD is GET without a body; the language of a message does not depend on the last visitor."""
    translation.activate(settings.LANGUAGE_CODE)
    # Compressing would weaken the ETag (and an answer holds what was asked beside what is secret).
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    if not _neemt_json_aan(request):
        return probleem(Fout("not_acceptable", "Wij geven application/json."))
    alleen_kop = request.method == "HEAD"
    if alleen_kop:
        request.method = "GET"
    try:
        gevonden = resolve(request.path_info)
        request.resolver_match = gevonden
        antwoord: HttpResponseBase = gevonden.func(request, *gevonden.args, **gevonden.kwargs)
    except Exception as fout:  # noqa: BLE001 - the last place before the caller
        antwoord = als_antwoord(fout)
    if alleen_kop and isinstance(antwoord, HttpResponse):
        antwoord.content = b""
    return antwoord


def _neemt_json_aan(request: HttpRequest) -> bool:
    """RFC 9110, 12.5.1; parameters of a media type do not count, and an empty header is none."""
    soorten = request.accepted_types
    return not soorten or any(
        soort.main_type in {"*", "application"} and soort.sub_type in {"*", "json"}
        for soort in soorten
    )


def als_antwoord(fout: Exception) -> HttpResponse:
    """Every exception as problem+json; nothing of its text leaves or is logged."""
    match fout:
        case Fout():
            return probleem(fout)
        case Http404():
            return probleem(Fout("not_found"))
        case RequestDataTooBig():
            return probleem(Fout("te-groot"))
        case SuspiciousOperation():
            return probleem(Fout("invalid"))
        case NietVastgelegd() | DatabaseError():
            weg = Fout("niet-beschikbaar", koppen={"Retry-After": "5"})
            return _gelogd("api.niet_beschikbaar", fout, weg)
    return _gelogd("api.fout", fout, Fout("error"))


def _gelogd(regel: str, oorzaak: Exception, weigering: Fout) -> HttpResponse:
    """The refusal, after a line by whose `nummer` the one who got it can be helped."""
    velden = {"soort": type(oorzaak).__name__, "plaats": _plaats(oorzaak)}
    logger.error(regel, extra={**velden, "nummer": weigering.nummer})
    return probleem(weigering)


def _plaats(fout: Exception) -> str:
    """Where it went wrong, without the text of the exception: that may quote its input."""
    frames = traceback.extract_tb(fout.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _in_vorm(antwoord: HttpResponseBase) -> HttpResponseBase:
    """A bare 404 or 405 of Django or ninja becomes problem+json; its `Allow` stays."""
    if antwoord.status_code < 400 or antwoord["Content-Type"] == MEDIATYPE:
        return antwoord
    vorm = probleem(bij_status(antwoord.status_code))
    if antwoord.has_header("Allow"):
        vorm["Allow"] = antwoord["Allow"]
    return vorm
