"""What the screens say about the municipality: its theme folder, read once."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.translation import get_language

BESTANDEN = ("theme.css", "logo.svg", "favicon.svg", "gemeente.toml")


@dataclass(frozen=True, kw_only=True)
class Gemeente:
    """The municipality as its `gemeente.toml` describes it; `thema` is the folder under static."""

    thema: str
    naam: str
    plaats: str
    geregistreerde_naam: str
    telefoon: str
    telefoon_link: str
    bezoekadres: str
    website: str
    email_privacy: str
    email_toegankelijkheid: str
    email_beveiliging: str
    bewaartermijn_inlog: int
    openingstijden_per_taal: dict[str, str]
    links: dict[str, str]
    themaklasse: str = ""

    @property
    def openingstijden(self) -> str:
        """The opening hours in the language of this request, Dutch when there is no other."""
        taal = get_language() or "nl"
        return self.openingstijden_per_taal.get(taal, self.openingstijden_per_taal["nl"])


def gemeente() -> Gemeente:
    """The municipality of the settings; ImproperlyConfigured when its folder is not complete."""
    return _lees(str(settings.THEMA), Path(settings.THEMA_MAP or settings.THEMAS / settings.THEMA))


@lru_cache(maxsize=8)
def _lees(thema: str, themamap: Path) -> Gemeente:
    for naam in BESTANDEN:
        if not (themamap / naam).is_file():
            raise ImproperlyConfigured(f"Thema {thema}: {themamap / naam} ontbreekt.")
    with (themamap / "gemeente.toml").open("rb") as bestand:
        waarden: dict[str, Any] = tomllib.load(bestand)
    waarden["telefoon"] = waarden.get("telefoon", "").replace(" ", "\N{NO-BREAK SPACE}")
    try:
        return Gemeente(
            thema=thema, openingstijden_per_taal=waarden.pop("openingstijden"), **waarden
        )
    except (KeyError, TypeError) as fout:
        raise ImproperlyConfigured(f"Thema {thema}, gemeente.toml: {fout}.") from fout


def context(request: HttpRequest) -> dict[str, Gemeente]:
    """Context processor: `gemeente` in every template."""
    return {"gemeente": gemeente()}
