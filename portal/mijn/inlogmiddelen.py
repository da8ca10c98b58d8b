"""Which ways to log in the start page offers, from the configured providers."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Inlogmiddel:
    """A way to log in: its address part, its kind and the name on the button."""

    slug: str
    middel: str
    naam: str
    machtigen: bool = False

    @property
    def url(self) -> str:
        """Where the button leads; a link, because logging in starts with a GET."""
        return f"/inloggen/{self.slug}/"


def inlogmiddelen() -> list[Inlogmiddel]:
    """The configured ways for residents and businesses, in the order of the configuration."""
    bron = settings.INLOGMIDDELEN_FUNCTIE
    if not bron:
        return []
    return [
        Inlogmiddel(a.slug, a.middel, a.naam, getattr(a, "vertegenwoordiging", "") == "machtigen")
        for a in import_string(bron)()
        if a.middel != "medewerker"
    ]


# eHerkenning's own names, from the lowest rank that reaches the level.
EHERKENNING_NAMEN = ((10, "1"), (20, "2"), (25, "2+"), (30, "3"), (40, "4"))


def eherkenning_niveau() -> str:
    """The lowest eHerkenning level a company needs here: the lowest of the table of acts."""
    rangen = [int(eis["niveau"]) for eis in getattr(settings, "INLOG_HANDELINGEN", {}).values()]
    nodig = min(rangen, default=25)
    return next((naam for rang, naam in EHERKENNING_NAMEN if rang >= nodig), "4")
