"""The session of a browser at the stand-in, and telling the portal that it ended.

The session is a sealed cookie: the stand-in stores nothing. The message goes over real HTTP, in a
thread of its own, because a portal with one thread answers only after the page that asked for it.
"""

from threading import Thread

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.achterkanaal import Budget, roep
from accounts.controles import Afgewezen
from accounts.nagebootst import tokens
from accounts.providers import Aanbieder

KOEKJE = "nagebootst"
LEEFT = 3 * 3600
WACHT = 2.0
"""Seconds the page waits for the answer of the portal, to tell it."""


def _pad(aanbieder: Aanbieder) -> str:
    return reverse("nagebootst:uitloggen", args=[aanbieder.slug]).removesuffix("uitloggen")


def sessie_van(request: HttpRequest, aanbieder: Aanbieder) -> tokens.Claims | None:
    """Return `sub` and `sid` of who is logged in at this means in this browser, or None."""
    wat = tokens.open_(request.COOKIES.get(KOEKJE, ""), "sessie")
    return wat if wat and wat["issuer"] == aanbieder.issuer else None


def onthoud(antwoord: HttpResponse, aanbieder: Aanbieder, wat: tokens.Claims) -> None:
    """Keep this login in the browser, to end it later."""
    tot = int(timezone.now().timestamp()) + LEEFT
    inhoud = {naam: wat[naam] for naam in ("issuer", "sub", "sid")} | {"tot": tot}
    antwoord.set_cookie(
        KOEKJE, tokens.dicht(inhoud, "sessie"), max_age=LEEFT, path=_pad(aanbieder),
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def vergeet(antwoord: HttpResponse, aanbieder: Aanbieder) -> None:
    """Take the login out of the browser."""
    antwoord.delete_cookie(KOEKJE, path=_pad(aanbieder), samesite="Lax")


def meld_af(request: HttpRequest, aanbieder: Aanbieder) -> bool:
    """Send a back-channel logout for this browser's session; did the portal accept it in time."""
    wat = sessie_van(request, aanbieder)
    if wat is None:
        return False
    token = tokens.logout_token(aanbieder.issuer, aanbieder.client_id, wat["sub"], wat["sid"])
    adres = settings.PORTAAL_URL + reverse("accounts:afgemeld", args=[aanbieder.slug])
    gelukt: list[bool] = []
    draad = Thread(target=_stuur, args=(aanbieder, adres, token, gelukt), daemon=True)
    draad.start()
    draad.join(WACHT)
    return bool(gelukt)


def _stuur(aanbieder: Aanbieder, adres: str, token: str, gelukt: list[bool]) -> None:
    try:
        roep(aanbieder, "POST", adres, Budget(), data={"logout_token": token})
    except Afgewezen:
        return
    gelukt.append(True)
