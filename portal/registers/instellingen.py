"""Which neighbours there are, what each needs, and how we log in there. Off without a URL."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jwt
from django.conf import settings


@dataclass(frozen=True)
class Soort:
    """One neighbour as the product knows it; `vereist` are parts of its setting besides `url`."""

    titel: str
    vereist: tuple[str, ...]
    koppen: Callable[[Mapping[str, str]], dict[str, str]]


def _zgw(instelling: Mapping[str, str]) -> dict[str, str]:
    """The ZGW login: a token of our own, signed with the secret we share, fresh per call."""
    inhoud = {
        "iss": instelling["client_id"],
        "iat": int(time.time()),
        "client_id": instelling["client_id"],
        "user_id": "klantportaal",
        "user_representation": "Klantportaal",
    }
    return {"Authorization": f"Bearer {jwt.encode(inhoud, instelling['geheim'], 'HS256')}"}


_ZGW = ("client_id", "geheim")

SOORTEN: dict[str, Soort] = {
    "brp": Soort("BRP personen bevragen 2.7", ("geheim",), lambda i: {"X-API-KEY": i["geheim"]}),
    "kvk": Soort("KvK Handelsregister", ("geheim",), lambda i: {"apikey": i["geheim"]}),
    "pdok": Soort("PDOK Locatieserver 3.1", (), lambda i: {}),
    "zaken": Soort("Zaken API 1.5", _ZGW, _zgw),
    "contactmomenten": Soort("Contactmomenten API 1.1", _ZGW, _zgw),
    "verzoeken": Soort("Verzoeken API 1.0-beta", _ZGW, _zgw),
    "notificaties": Soort("Notificaties API 1.0", (*_ZGW, "ontvangst"), _zgw),
    "openklant": Soort(
        "Open Klant 2.18 (Klantinteracties)",
        ("geheim",),
        lambda i: {"Authorization": f"Token {i['geheim']}"},
    ),
    "terugmelding": Soort(
        "Terugmelding 0.2", ("geheim",), lambda i: {"Authorization": f"Bearer {i['geheim']}"}
    ),
}


def instelling(naam: str) -> dict[str, str]:
    """Return the setting of one neighbour; absent parts are empty."""
    gezet: Mapping[str, str] = settings.BUREN.get(naam, {})
    return {deel: gezet.get(deel, "") for deel in settings.BUURDELEN}


def extra_koppen(naam: str) -> dict[str, str]:
    """Return the headers a gateway wants besides, from `naam=waarde,naam=waarde`."""
    delen = (deel.partition("=") for deel in instelling(naam)["koppen"].split(","))
    return {kop.strip(): waarde.strip() for kop, _, waarde in delen if kop.strip()}


def is_gekoppeld(naam: str) -> bool:
    """Whether this neighbour has a URL, and so is switched on."""
    return bool(instelling(naam)["url"])


def ontbreekt(naam: str) -> tuple[str, ...]:
    """Return the names of environment variables that a switched-on neighbour still needs."""
    gezet = instelling(naam)
    if not gezet["url"]:
        return ()
    return tuple(f"{naam}_{deel}".upper() for deel in SOORTEN[naam].vereist if not gezet[deel])
