"""What the shell of every page needs: menu, session clock, demo strip."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_resolver, reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.sessie import resterend

# Addresses that the shell of every page needs; "begin" sends on whoever is logged in.
ADRESSEN = {
    "begin": reverse_lazy("openbaar:start"),
    "uitloggen": reverse_lazy("accounts:uitloggen"),
    "verlengen": reverse_lazy("accounts:verlengen"),
    "verlopen": reverse_lazy("accounts:sessie_verlopen"),
}

# Name of the view, text, icon; a page that does not exist (yet) has no item.
MENU = (
    (
        ("mijn:overzicht", _("Overzicht"), "layout-grid"),
        ("mijn:gegevens", _("Mijn gegevens"), "user"),
        ("mijn:contactvoorkeuren", _("Contactvoorkeuren"), "message"),
        ("mijn:meldingen", _("Meldingen"), "file-text"),
    ),
    (
        ("mijn:gebruik", _("Wie gebruikte mijn gegevens?"), "eye"),
        ("mijn:geschiedenis", _("Geschiedenis"), "history"),
        ("mijn:downloaden", _("Gegevens downloaden"), "download"),
        ("mijn:verwijderen", _("Gegevens verwijderen"), "trash"),
        ("mijn:beveiliging", _("Beveiliging"), "shield-check"),
    ),
)


@dataclass(frozen=True)
class Menupunt:
    """One item of the side menu."""

    naam: str
    url: str
    tekst: Any
    icoon: str


@lru_cache(maxsize=4)
def _menu(_resolver: object) -> list[list[Menupunt]]:
    """The groups of the menu; the resolver is the key, so tests with other urls see their own."""
    groepen = []
    for groep in MENU:
        punten = []
        for naam, tekst, icoon in groep:
            try:
                punten.append(Menupunt(naam, reverse(naam), tekst, icoon))
            except NoReverseMatch:
                continue
        groepen.append(punten)
    return [groep for groep in groepen if groep]


def menu() -> list[list[Menupunt]]:
    """The side menu: groups of items whose page exists."""
    return _menu(get_resolver())


@dataclass(frozen=True)
class Sessieklok:
    """Seconds until the session ends by doing nothing, until it ends anyway, and the warning."""

    stil: int
    uiterlijk: int
    waarschuwing: int

    @property
    def einde(self) -> datetime:
        """The moment at which a person who does nothing is logged out."""
        return timezone.now() + timedelta(seconds=min(self.stil, self.uiterlijk))


def sessieklok(request: HttpRequest) -> Sessieklok | None:
    """How long the login of this request lasts; None without a login."""
    if not request.user.is_authenticated:
        return None
    stil, uiterlijk = resterend(request, nu=timezone.now().timestamp())
    waarschuwing = settings.SESSIE_INACTIEF - settings.SESSIE_WAARSCHUWING
    return Sessieklok(stil, uiterlijk, waarschuwing)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu`, `sessieklok` (lazy), `adres` and `demo`."""
    return {
        "menu": menu(),
        "sessieklok": SimpleLazyObject(lambda: sessieklok(request)),
        "demo": settings.DEMO,
        "adres": ADRESSEN,
    }
