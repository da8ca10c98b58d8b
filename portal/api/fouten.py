"""Every refusal of both surfaces as one problem+json (RFC 9457, with VNG's `code`)."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

MEDIATYPE = "application/problem+json"

TITELS: dict[str, tuple[int, str]] = {
    "invalid": (400, "De vraag klopt niet"),
    "parse_error": (400, "De inhoud is geen geldige JSON"),
    "doel-ontbreekt": (400, "Het doel van de vraag ontbreekt"),
    "gebruik-zoek": (400, "Persoonsgegevens horen niet in een adres"),
    "not_authenticated": (401, "Er is geen geldig token meegegeven"),
    "jwt-decode-error": (401, "Het JWT is niet te lezen"),
    "missing-client-identifier": (401, "Het JWT noemt geen client_id"),
    "invalid-client-identifier": (401, "Deze client_id is niet bekend"),
    "invalid-jwt-signature": (401, "De handtekening van het JWT klopt niet"),
    "jwt-expired": (401, "Het JWT is te oud of nog niet geldig"),
    "permission_denied": (403, "Dit token mag dit niet"),
    "doel-niet-toegestaan": (403, "Dit token mag niet voor dit doel vragen"),
    "netwerk-niet-toegestaan": (403, "Vanaf dit netwerk mag dit token niet vragen"),
    "onvoldoende-authenticatie": (403, "Alleen wie zelf inlogt koppelt een klant aan een subject"),
    "not_found": (404, "Dit is er niet"),
    "cursor-ongeldig": (404, "Deze bladzijde is er niet"),
    "method_not_allowed": (405, "Deze methode kent dit adres niet"),
    "not_acceptable": (406, "Deze vorm geven wij niet"),
    "conflict": (409, "Dit kan niet in de stand van nu"),
    "lees-alles-opnieuw": (410, "Deze cursor geldt niet meer"),
    "precondition_failed": (412, "Het gegeven is intussen gewijzigd"),
    "te-groot": (413, "De inhoud is te groot"),
    "unsupported_media_type": (415, "Deze vorm lezen wij niet"),
    "precondition_required": (428, "If-Match ontbreekt"),
    "throttled": (429, "Te veel vragen in korte tijd"),
    "error": (500, "Er ging bij ons iets mis"),
    "niet-beschikbaar": (503, "Dit is nu niet beschikbaar"),
}
"""Every code that an answer can carry: status and general text. docs/api.md lists the same."""

BIJ_STATUS = {
    400: "invalid", 401: "not_authenticated", 403: "permission_denied", 404: "not_found",
    405: "method_not_allowed", 406: "not_acceptable", 409: "conflict", 413: "te-groot",
    415: "unsupported_media_type", 429: "throttled", 503: "niet-beschikbaar",
}  # fmt: skip


@dataclass(frozen=True)
class VeldFout:
    """What is wrong with one field; `naam` is its path in the body or the name of a parameter."""

    naam: str
    code: str
    reden: str

    def als_dict(self) -> dict[str, str]:
        return {"name": self.naam or "nonFieldErrors", "code": self.code, "reason": self.reden}


class Fout(Exception):
    """A refusal; `detail` says what is wrong this time, never a value that was sent."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        velden: tuple[VeldFout, ...] = (),
        koppen: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.status, self.titel = TITELS[code]
        self.detail = detail or f"{self.titel}."
        self.velden = velden
        self.koppen = dict(koppen or {})
        self.nummer = f"urn:uuid:{uuid.uuid4()}"
        super().__init__(code)


def probleem(fout: Fout) -> HttpResponse:
    """Turn a refusal into an answer; `instance` is its number, for 500 and 503 also in our log."""
    lichaam: dict[str, object] = {
        "type": f"{settings.PORTAAL_URL}/api/v1/docs#fout-{fout.code}",
        "code": fout.code,
        "title": fout.titel,
        "status": fout.status,
        "detail": fout.detail,
        "instance": fout.nummer,
    }
    if fout.status == 400:
        lichaam["invalidParams"] = [veld.als_dict() for veld in fout.velden]
    antwoord = HttpResponse(
        json.dumps(lichaam), status=fout.status, content_type=MEDIATYPE, headers=fout.koppen
    )
    if fout.status == 401:
        antwoord["WWW-Authenticate"] = "Bearer"
    return antwoord


def ongeldig(*velden: VeldFout) -> Fout:
    """All wrong fields together, as the API Design Rules ask."""
    return Fout("invalid", "Een of meer velden zijn niet goed ingevuld.", velden=velden)


def bij_status(status: int) -> Fout:
    """The refusal for a bare status that Django answered by itself."""
    return Fout(BIJ_STATUS.get(status, "error" if status >= 500 else "invalid"))
