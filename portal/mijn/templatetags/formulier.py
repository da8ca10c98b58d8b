"""How a form field is drawn: one way for all, so that label, help and error always fit together."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.mijn.opmaak import NIETS, attributen, opgemaakt, samen

register = template.Library()

KLASSEN: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, ""),
    (forms.Textarea, "kg-tekstvak"),
    (forms.Select, "utrecht-select"),
)
OPTIE, GEKOZEN = '<option value="{}"{}>{}</option>', SafeString(" selected")


@register.filter
def soort(veld: BoundField) -> str:
    """Which shape the field has: verborgen, vinkje, keuzes or invoer."""
    widget = veld.field.widget
    if veld.is_hidden:
        return "verborgen"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "keuzes"
    return "vinkje" if isinstance(widget, forms.CheckboxInput) else "invoer"


@register.filter
def beschreven(veld: BoundField) -> str:
    """The ids of error and help, in the order in which a screen reader should say them."""
    ids = [f"fout-{veld.auto_id}"] if veld.errors else []
    return " ".join([*ids, f"hulp-{veld.auto_id}"] if veld.help_text else ids)


@register.filter
def verborgen(veld: BoundField) -> SafeString:
    """The field as a hidden input; Django would give a wrong one aria attributes."""
    waarde = veld.value()
    return format_html(
        '<input type="hidden" name="{}" value="{}">',
        veld.html_name,
        "" if waarde is None else waarde,
    )


@register.simple_tag(takes_context=True)
def invoer(context: dict[str, Any], veld: BoundField) -> SafeString:
    """Draw the control itself, tied to its help and error; it gets focus when that is its turn."""
    widget = veld.field.widget
    klasse = next((naam for soort, naam in KLASSEN if isinstance(widget, soort)), "utrecht-textbox")
    attrs: dict[str, Any] = {
        "class": f"{klasse} {widget.attrs.get('class', '')}".strip() or False,
        "aria-describedby": beschreven(veld) or False,
        "aria-invalid": "true" if veld.errors else False,
        "aria-required": "true" if veld.field.required else False,
        "data-focus": "" if _aan_de_beurt(context, veld) else False,
        "required": False,
    }
    veld.form.use_required_attribute = False
    return _keuzelijst(veld, attrs) if _is_vlak(widget) else veld.as_widget(attrs=attrs)


def _is_vlak(widget: forms.Widget) -> bool:
    """A list of choices without groups."""
    return type(widget) is forms.Select and not any(
        isinstance(tekst, list | tuple) for _waarde, tekst in widget.choices
    )


def _als_tekst(waarde: object) -> str:
    return "" if waarde is None else str(waarde)


def _keuzelijst(veld: BoundField, attrs: dict[str, Any]) -> SafeString:
    """Django renders a template per choice; the list of countries has two hundred and fifty."""
    widget = veld.field.widget
    gekozen = _als_tekst(veld.value())
    opties = samen(
        opgemaakt(OPTIE, waarde, GEKOZEN if waarde == gekozen else NIETS, tekst)
        for waarde, tekst in ((_als_tekst(w), t) for w, t in widget.choices)
    )
    eigen = {**widget.attrs, "name": veld.html_name, "id": veld.auto_id, **attrs}
    return opgemaakt("<select{}>{}</select>", attributen(eigen), opties)


def _aan_de_beurt(context: dict[str, Any], veld: BoundField) -> bool:
    """After an htmx swap focus goes to the only wrong field, or to the first field."""
    if not getattr(context.get("request"), "htmx", False):
        return False
    if veld.form.errors:
        return list(veld.form.errors) == [veld.name]
    return veld.form.visible_fields()[0].name == veld.name


@register.filter
def fouten(formulier: forms.BaseForm) -> list[tuple[str, str]]:
    """Every error of the form as (id of the control, text); "" when no single field is wrong."""
    gevonden = [("", str(fout)) for fout in formulier.non_field_errors()]
    for veld in formulier:
        gevonden += [(_anker(veld), str(fout)) for fout in veld.errors]
    return gevonden


def _anker(veld: BoundField) -> str:
    """The id that a link in the error summary jumps to."""
    return f"{veld.auto_id}_0" if soort(veld) == "keuzes" else str(veld.auto_id)


@register.filter
def meer_dan_een_fout(formulier: forms.BaseForm) -> bool:
    """Whether the error summary is needed even when the form stays in its row."""
    return len(fouten(formulier)) > 1 or bool(formulier.non_field_errors())
