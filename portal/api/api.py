"""The frame of the own API: its documents, its errors, its routers."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from pydantic.alias_generators import to_camel

from portal.api import openapi
from portal.api.fouten import Fout, VeldFout, bij_status, ongeldig, probleem
from portal.api.lichaam import StrengeParser
from portal.api.poort import VERSIES, als_antwoord
from portal.api.toegang.wie import aanroeper_van, tel_misser
from portal.klanten.regels import RegelGeschonden

CODES = {
    "missing": "required",
    "string_too_long": "max_length",
    "string_too_short": "min_length",
    "too_long": "max_length",
    "too_short": "min_length",
    "greater_than_equal": "min_value",
    "greater_than": "min_value",
    "less_than_equal": "max_value",
    "less_than": "max_value",
    "literal_error": "invalid_choice",
    "enum": "invalid_choice",
    "extra_forbidden": "unknown-parameters",
}
REDENEN = {
    "required": "Dit veld is vereist.",
    "max_length": "Dit is te lang.",
    "min_length": "Dit is te kort.",
    "min_value": "Dit is te laag.",
    "max_value": "Dit is te hoog.",
    "invalid_choice": "Deze keuze is er niet.",
    "unknown-parameters": "Dit veld bestaat niet.",
    "invalid": "Deze waarde klopt niet.",
}


CONFLICTEN = frozenset({
    "conflict", "even-bezet", "sleutel-hergebruikt", "past-niet-bij-status", "bestaat-al",
    "te-veel", "wordt-verwijderd", "koppeling-bestaat", "gevalideerde-klant-bestaat",
})  # fmt: skip
"""Rules that say: not in the state of now."""


class Api(NinjaAPI):
    """A NinjaAPI whose document says what every operation promises: headers, errors, contact."""

    def __init__(self, basis: str, *, altijd: tuple[int, ...] = (), **kwargs: Any) -> None:
        self.basis, self.altijd = basis, altijd
        super().__init__(
            version=VERSIES[basis],
            docs_url=None,
            openapi_url="",
            parser=StrengeParser(),
            servers=[{"url": f"{settings.PORTAAL_URL}{basis}"}],
            **kwargs,
        )

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, with what holds for every operation added."""
        document = super().get_openapi_schema(path_prefix="", path_params=path_params)
        openapi.vul_aan(document, self, self.altijd)
        return document

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Every exception of an operation as problem+json; who asks for what is not there counts.

        The count is made here, after the act's transaction: one inside it is rolled back with it.
        """
        fout = _als_fout(exc)
        if fout is None:
            return als_antwoord(exc)
        if fout.code == "not_found" and hasattr(request, "auth"):
            tel_misser(aanroeper_van(request))
        return probleem(fout)


def _als_fout(exc: Exception) -> Fout | None:
    """The refusal that an exception stands for; ninja wraps what the parser raises."""
    oorzaak = exc.__cause__ or exc.__context__
    match exc:
        case Fout():
            return exc
        case AuthenticationError():
            return Fout("not_authenticated")
        case HttpError() if isinstance(oorzaak, Fout):
            return oorzaak
        case HttpError():
            return bij_status(exc.status_code)
        case ValidationError():
            return ongeldig(*(_veldfout(deel) for deel in exc.errors))
        case RegelGeschonden():
            return van_regel(exc)
    return None


def van_regel(fout: RegelGeschonden) -> Fout:
    """A rule that says no: a conflict is 409, everything else names the field."""
    if fout.code in CONFLICTEN:
        return Fout("conflict", str(fout.melding))
    if fout.code == "onvoldoende-authenticatie":
        return Fout("onvoldoende-authenticatie")
    if fout.code == "niet-gevonden":
        return Fout("not_found")
    veld = to_camel(fout.veld) if "_" in fout.veld else fout.veld
    return ongeldig(VeldFout(veld, "invalid", str(fout.melding)))


def _veldfout(deel: dict[str, Any]) -> VeldFout:
    """The path without the parts that are ninja's own: where it stood and the parameter's name."""
    loc = [str(stuk) for stuk in deel["loc"]]
    pad = loc[2:] if loc[0] == "body" else loc[1:]
    code = CODES.get(str(deel["type"]), "invalid")
    return VeldFout(".".join(pad), code, REDENEN[code])


def json_antwoord(vorm: Any, *, status: int = 200, **koppen: str) -> HttpResponse:
    """An answer that is already in its form; a test holds every answer against the OpenAPI."""
    return HttpResponse(
        json.dumps(vorm, ensure_ascii=False),
        status=status,
        content_type="application/json",
        headers=koppen,
    )


def met_etag(request: HttpRequest, vorm: Any, etag: str) -> HttpResponse:
    """The answer, or 304 when the caller holds this very one (`If-None-Match`)."""
    kop = request.headers.get("If-None-Match", "")
    gezien = [deel.strip().removeprefix("W/") for deel in kop.split(",")]
    if etag in gezien or "*" in gezien:
        return HttpResponse(status=304, headers={"ETag": etag})
    return json_antwoord(vorm, ETag=etag)
