"""Small things every template draws the same way: icons, moments, theme files."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.gemeente import gemeente

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)  # a page draws sixty, of some thirty kinds
def icoon(naam: str, klasse: str = "") -> SafeString:
    """Draw an icon of the sprite; decoration only, text always stands beside it."""
    return format_html(
        '<svg class="kg-icoon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        klasse,
        static("dist/icons.svg"),
        naam,
    )


@register.simple_tag
def thema(bestand: str) -> str:
    """Address of a file of the municipality's theme, such as `logo.svg`."""
    return static(f"themas/{gemeente().thema}/{bestand}")


@register.filter
def datum(waarde: date | None) -> str:
    """Write a date out: 21 november 2026; empty for None."""
    if waarde is None:
        return ""
    if isinstance(waarde, datetime):
        waarde = timezone.localtime(waarde)
    return date_format(waarde, "j F Y")


@register.filter
def moment(waarde: datetime | None) -> str:
    """Write a moment out: 21 november 2026 om 10.12 uur; empty for None."""
    if waarde is None:
        return ""
    return _("%(datum)s om %(tijd)s uur") % {"datum": datum(waarde), "tijd": kloktijd(waarde)}


@register.filter
def kloktijd(waarde: datetime) -> str:
    """Write the time of day: 10.12 in Dutch, 10:12 in English."""
    return date_format(timezone.localtime(waarde), _("H.i"))


@register.filter
def tijd(waarde: datetime | None) -> SafeString | str:
    """A moment as `<time>`, readable for people and for programs."""
    if waarde is None:
        return ""
    # HTML takes at most three digits of a second; nobody reads them.
    code = waarde.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', code, moment(waarde))


@dataclass(frozen=True)
class Kruimel:
    """One step of the breadcrumb; the last one has no address."""

    tekst: str
    url: str = ""


@register.inclusion_tag("componenten/pad.html")
def kruimelpad(*delen: str) -> dict[str, list[Kruimel]]:
    """Draw the breadcrumb: text, name of view, text, name of view, ..., text of this page.

    `{% kruimelpad _("Mijn gegevens") "mijn:gegevens" _("Telefoonnummer wijzigen") %}`; it starts
    with the overview by itself.
    """
    stappen = [Kruimel(_("Overzicht"), "/overzicht/")]
    for tekst, naam in zip(delen[0:-1:2], delen[1::2], strict=True):
        stappen.append(Kruimel(tekst, reverse(naam)))
    return {"stappen": [*stappen, Kruimel(delen[-1])], "terug": stappen[-1:]}
