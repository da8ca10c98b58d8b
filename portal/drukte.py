"""Say no in time: who cannot be helped soon hears so at once, and keeps what was typed (P9)."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.api.poort import basis_van, weigering
from portal.mijn.views.fouten import foutpagina

KOM_TERUG = "5"


class Drukte:
    """Let at most WEB_TEGELIJK requests in at once; the others get a 503 with Retry-After.

    The web server has some threads more than that: the spare ones refuse, so nothing queues up
    unseen. Inside Koppen, the probes and the static files, outside all that asks the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._plaatsen = BoundedSemaphore(settings.WEB_TEGELIJK)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._plaatsen.acquire(blocking=False):
            return vol(request)
        try:
            return self.get_response(request)
        finally:
            self._plaatsen.release()


def vol(request: HttpRequest) -> HttpResponse:
    """Refuse in the language of the browser: who chose it was not asked yet."""
    with translation.override(translation.get_language_from_request(request)):
        is_api = basis_van(request.path)
        antwoord = weigering(request, 503) if is_api else foutpagina(request, 503)
    antwoord.headers["Retry-After"] = KOM_TERUG
    return antwoord
