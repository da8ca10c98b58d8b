"""How the inputs of a form are drawn: the plain ones without a template of their own.

Django renders two templates for every input, and a form has up to twenty.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.mijn.opmaak import attributen, opgemaakt

SOORTEN = ("text", "hidden", "email", "number", "checkbox", "radio_option", "checkbox_option")
VLAK = {f"django/forms/widgets/{soort}.html" for soort in SOORTEN}
"""Templates of Django that draw one `<input>`."""


class Invoertekenaar(DjangoTemplates):
    """FORM_RENDERER: an `<input>` as Django's own template draws it, all else by template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return the HTML of a widget; `context` is the one of Django's widget templates."""
        if template_name in VLAK and not context["widget"].get("wrap_label"):
            return _invoer(context["widget"])
        return super().render(template_name, context, request)


def _invoer(widget: dict[str, Any]) -> SafeString:
    vast = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        vast["value"] = str(widget["value"])
    return opgemaakt("<input{}{}>", attributen(vast), attributen(widget["attrs"]))
