"""The outermost middleware: headers on every answer, limits on every request.

Outside all others, so that a 404, a refused form, a 500 and a static file carry them too.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.achterkanaal import uitlogadressen
from portal.api.poort import basis_van, weigering
from portal.mijn.views.fouten import PAGINAS, foutpagina

Antwoord = Callable[[HttpRequest], HttpResponse]

VAST = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "portaal",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{naam}=()"
        for naam in (
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "publickey-credentials-get",
            "screen-wake-lock",
            "serial",
            "usb",
        )
    ),
}
CSP_GEGEVENS = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
CSP_BLADZIJDE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action {doelen}; base-uri 'none'; frame-ancestors 'none'"
)
STUURTEKENS = re.compile(r"[\x00-\x1f\x7f]|%(?:0[0-9a-f]|1[0-9a-f]|7f)", re.IGNORECASE)


class Koppen:
    """Refuse what is too big or malformed before anything reads it; then set the headers."""

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        status = geweigerd(request)
        if basis_van(request.path):
            response = weigering(request, status) if status else self.get_response(request)
            return met_koppen(request, response)
        response = foutpagina(request, status) if status else self.get_response(request)
        return met_koppen(request, _met_bladzijde(request, response))


def geweigerd(request: HttpRequest) -> int:
    """The status with which this request is refused unread: 413, 400, or 0 for none."""
    lengte = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch("[0-9]{1,15}", lengte):
        return 400
    if int(lengte) > _grens(request.path):
        return 413
    adres = request.path + "?" + request.META.get("QUERY_STRING", "")
    return 400 if STUURTEKENS.search(adres) else 0


def _grens(pad: str) -> int:
    grenzen: dict[str, int] = settings.LICHAAM_MAXIMUM
    return max((g for begin, g in grenzen.items() if pad.startswith(begin)), default=0)


def _met_bladzijde(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a bare refusal (405, 413, 429 ...) the page that says what to do next."""
    if response.status_code not in PAGINAS or response.streaming or response.content:
        return response
    bladzijde = foutpagina(request, response.status_code)
    for naam, waarde in response.headers.items():
        if naam not in {"Content-Type", "Content-Length"}:
            bladzijde.headers[naam] = waarde
    bladzijde.cookies = response.cookies
    return bladzijde


def met_koppen(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Set the headers of security: the same for all, but for the policy of pages and data."""
    for naam, waarde in VAST.items():
        response.headers[naam] = waarde
    is_bladzijde = response.headers.get("Content-Type", "").startswith("text/html")
    response.headers["Content-Security-Policy"] = csp() if is_bladzijde else CSP_GEGEVENS
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cache-Control", "no-store")
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        response.headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        )
    return response


def csp() -> str:
    """The policy of a page; forms may end at ourselves and at the providers' logout."""
    return CSP_BLADZIJDE.format(doelen=" ".join(["'self'", *_uitlogoorsprongen()]))


def _uitlogoorsprongen() -> list[str]:
    """Origins where logging out may end: browsers apply form-action to redirects as well."""
    delen = (urlsplit(adres) for adres in uitlogadressen())
    return sorted({f"{d.scheme}://{d.netloc}" for d in delen if d.scheme and d.netloc})
