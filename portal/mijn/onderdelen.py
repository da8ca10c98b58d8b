"""What the building blocks of a page need: plain values, drawn by the templates
and by `templatetags/onderdelen.py`."""

from dataclasses import dataclass, field
from typing import Literal

Badgesoort = Literal["bron", "goed", "wacht", "gewoon"]


@dataclass(frozen=True)
class Badge:
    """A short remark with icon: bron (blue, lock), goed (green), wacht (orange), gewoon (grey)."""

    soort: Badgesoort
    tekst: str


@dataclass(frozen=True, kw_only=True)
class Actie:
    """One verb on one fact; `ding` is the hidden object in the link ("telefoonnummer mobiel")."""

    url: str
    tekst: str
    ding: str = ""
    icoon: str = ""
    doel: str = ""  # CSS selector that htmx replaces; empty = an ordinary link
    gevaar: bool = False
    focus: bool = False  # after a swap focus goes here
    post: bool = False  # a button in a form of its own: it changes or reveals something


@dataclass(frozen=True, kw_only=True)
class Rij:
    """One fact: label, value, a muted line, badges, actions. `melding` is spoken after a swap."""

    id: str
    label: str
    waarde: str
    uitleg: str = ""
    badges: list[Badge] = field(default_factory=list)
    acties: list[Actie] = field(default_factory=list)
    melding: str = ""
    persoonlijk: bool = True  # a personal value is not translated and keeps its own direction


@dataclass(frozen=True, kw_only=True)
class Paneel:
    """A foldable section of rows."""

    id: str
    icoon: str
    titel: str
    ondertitel: str = ""
    open: bool = False
    badge: Badge | None = None
    rijen: list[Rij] = field(default_factory=list)
    leeg: str = ""  # what to say when there are no rows
    toevoegen: list[Actie] = field(default_factory=list)
    toevoegen_id: str = ""  # where the form for a new row comes
    melding: str = ""  # spoken after a swap, when no row of its own can say it


@dataclass(frozen=True, kw_only=True)
class Tegel:
    """A tile of the overview: a link with one line that may save the visit."""

    icoon: str
    titel: str
    url: str
    regel: str
