"""Which parts of the templates were drawn while all pages of the lists were visited.

What must be seen: each template, and in it each heading of a page (`<h1>`) and each notice. A
template that no page of the lists draws is a page that axe and the Nu validator never saw.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.template import Context
from django.template.base import Node, TextNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode

Plek = tuple[str, int]  # template, line
ELDERS = {
    "admin/": "het beheer heeft zijn eigen tests (tests/webhooks, tests/registers)",
}
"""Not visited by the lists, and why."""


@contextmanager
def kijk_mee() -> Iterator[set[Plek]]:
    """Collect where text was drawn, and what was included, until the block ends."""
    getekend: set[Plek] = set()
    tekst, deel = TextNode.render_annotated, IncludeNode.render

    def teken(knoop: Any, context: Context) -> str:
        getekend.add(_plek(knoop))
        return tekst(knoop, context)

    def voeg_in(knoop: Any, context: Context) -> Any:
        getekend.add(_plek(knoop))
        return deel(knoop, context)

    with (
        patch.object(TextNode, "render_annotated", teken),
        patch.object(IncludeNode, "render", voeg_in),
    ):
        yield getekend


def sjablonen() -> list[str]:
    """The names of our own templates that are to be seen."""
    map_ = Path(settings.BASE_DIR) / "templates"
    namen = sorted(str(pad.relative_to(map_)) for pad in map_.rglob("*.html"))
    return [naam for naam in namen if not naam.startswith(tuple(ELDERS))]


def plekken(naam: str) -> list[Plek]:
    """Where this template draws text or takes in another."""
    return [_plek(knoop) for knoop in _knopen(naam)]


def vergeten(getekend: set[Plek]) -> list[str]:
    """The templates, headings and notices that were not drawn; empty is good."""
    gezien, klachten = {naam for naam, _ in getekend}, []
    for naam in sjablonen():
        if naam not in gezien:
            klachten.append(f"{naam}: geen bladzijde van paginas.py of toestanden.py tekent dit")
            continue
        klachten += [
            f"{naam}:{regel}: geen bladzijde van de lijsten tekent deze kop of melding"
            for naam, regel in sorted({_plek(k) for k in _knopen(naam) if _telt(k)} - getekend)
        ]
    return klachten


def _knopen(naam: str) -> list[Node]:
    boom = get_template(naam).template.nodelist  # type: ignore[attr-defined]  # Django's backend
    return [*boom.get_nodes_by_type(TextNode), *boom.get_nodes_by_type(IncludeNode)]


def _telt(knoop: Any) -> bool:
    if isinstance(knoop, TextNode):
        return "<h1" in knoop.s or "utrecht-alert " in knoop.s
    return "componenten/melding.html" in knoop.token.contents


def _plek(knoop: Any) -> Plek:
    return str(knoop.origin.template_name), int(knoop.token.lineno)
