"""Draw panels, rows, badges and actions; Mijn gegevens has fifty of them.

In Python and not as templates: a node of a template takes longer than the text it draws (0116).
"""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString

from portal.mijn.onderdelen import Actie, Badge, Badgesoort, Paneel, Rij
from portal.mijn.opmaak import NIETS, opgemaakt, samen
from portal.mijn.templatetags.portaal import icoon

register = template.Library()

BADGE_ICOON: dict[Badgesoort, str] = {"bron": "lock", "goed": "circle-check", "wacht": "clock"}
PERSOONLIJK = SafeString(' translate="no" dir="auto"')
BADGE = '<span class="kg-badge kg-badge--{}">{}{}</span>'
WISSEL = ' data-hx-{}="{}" data-hx-target="{}" data-hx-swap="outerHTML"'
LINK = '<a class="nl-link kg-actie{}" href="{}"{}{}>{}</a>'
FORMULIER = (
    '<form class="kg-actie-formulier" method="post" action="{}"{}>{}'
    '<button class="kg-linkknop kg-actie" type="submit">{}</button></form>'
)
RIJ = """
<div class="kg-rij" id="{}"{}>
  <dt class="kg-rij__label">{}</dt>
  <dd class="kg-rij__waarde">
    <div class="kg-rij__tekst"{}>{}</div>{}{}{}
  </dd>{}
</div>"""
PANEEL = """
<details class="kg-paneel" id="{}"{}{}>
  <summary>
    {}
    <h2 class="nl-heading nl-heading--level-2">{}</h2>{}{}
    {}
  </summary>
  <div class="kg-paneel__inhoud">{}{}{}</div>
</details>"""


@register.simple_tag(takes_context=True)
def paneel(context: Context, paneel: Paneel) -> SafeString:
    """A foldable section with its rows, and below them what can be added."""
    return opgemaakt(
        PANEEL,
        paneel.id,
        _mits(paneel.open, " open"),
        _als(' data-melding="{}"', paneel.melding),
        icoon(paneel.icoon),
        paneel.titel,
        _als('<span class="kg-paneel__onder">{}</span>', paneel.ondertitel),
        _badges([paneel.badge] if paneel.badge else []),
        icoon("chevron-down", "kg-paneel__pijl"),
        _gelukt(paneel.melding),
        rijen(context, paneel.rijen) or _als('<p class="kg-paneel__tekst">{}</p>', paneel.leeg),
        _toevoegen(context, paneel),
    )


def rijen(context: Context, lijst: Iterable[Rij]) -> SafeString:
    """Facts with their label, remarks and actions; nothing without facts."""
    return _als('<dl class="kg-rijen">{}</dl>', samen(_rij(context, rij) for rij in lijst))


def acties(context: Context, lijst: Iterable[Actie]) -> SafeString:
    """Links, and forms for what changes or reveals something."""
    return samen(_actie(context, actie) for actie in lijst)


@register.simple_tag
def badge(soort: Badgesoort, tekst: str) -> SafeString:
    """A short remark, with the icon of its kind."""
    teken = icoon(BADGE_ICOON[soort]) if soort in BADGE_ICOON else NIETS
    return opgemaakt(BADGE, soort, teken, tekst)


def _toevoegen(context: Context, paneel: Paneel) -> SafeString:
    plek = _als(' id="{}"', paneel.toevoegen_id)
    inhoud = acties(context, paneel.toevoegen)
    opmaak = '<div class="kg-paneel__voet kg-acties"{}>{}</div>'
    return opgemaakt(opmaak, plek, inhoud) if inhoud else NIETS


def _rij(context: Context, rij: Rij) -> SafeString:
    return opgemaakt(
        RIJ,
        rij.id,
        _als(' data-melding="{}"', rij.melding),
        rij.label,
        PERSOONLIJK if rij.persoonlijk else NIETS,
        rij.waarde,
        _gelukt(rij.melding),
        _als('<p class="kg-rij__uitleg">{}</p>', rij.uitleg),
        _als('<div class="kg-rij__badges">{}</div>', _badges(rij.badges)),
        _als('<dd class="kg-rij__acties">{}</dd>', acties(context, rij.acties)),
    )


def _actie(context: Context, actie: Actie) -> SafeString:
    teken = icoon(actie.icoon) if actie.icoon else NIETS
    ding = _als('<span class="kg-sr"> {}</span>', actie.ding)
    inhoud = opgemaakt("{}<span>{}{}</span>", teken, actie.tekst, ding)
    if actie.post:
        wissel = opgemaakt(WISSEL, "post", actie.url, actie.doel)
        adres = actie.url + actie.doel  # without JavaScript the page opens where the change is
        return opgemaakt(FORMULIER, adres, wissel, CsrfTokenNode().render(context), inhoud)
    wissel = opgemaakt(WISSEL, "get", actie.url, actie.doel) if actie.doel else NIETS
    rood, aandacht = _mits(actie.gevaar, " kg-actie--rood"), _mits(actie.focus, " data-focus")
    return opgemaakt(LINK, rood, actie.url, wissel, aandacht, inhoud)


def _badges(lijst: Iterable[Badge]) -> SafeString:
    return samen(badge(een.soort, een.tekst) for een in lijst)


def _gelukt(melding: str) -> SafeString:
    opmaak = '<p class="kg-gelukt">{}{}</p>'
    return opgemaakt(opmaak, icoon("check"), melding) if melding else NIETS


def _als(opmaak: str, inhoud: str) -> SafeString:
    """The text in its markup; nothing without a text."""
    return opgemaakt(opmaak, inhoud) if inhoud else NIETS


def _mits(waar: bool, opmaak: str) -> SafeString:
    return opgemaakt(opmaak) if waar else NIETS
