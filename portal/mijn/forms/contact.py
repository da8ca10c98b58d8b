"""Telefoonnummers en e-mailadressen."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import NieuwDigitaalAdres, NieuwEmail, NieuwTelefoon
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.velden import Code, Regel
from portal.mijn.weergave import telefoonnummer

TELEFOON_FOUT = _(
    "Dit telefoonnummer klopt niet. Gebruik cijfers, geen letters. "
    "Bijvoorbeeld 06 12 34 56 78 of +32 470 12 34 56."
)
EMAIL_FOUT = _("Dit e-mailadres klopt niet. Bijvoorbeeld naam@example.org.")
EMAIL_ZONDER_AAP = _(
    "Dit e-mailadres klopt niet. Er ontbreekt een @. Bijvoorbeeld naam@example.org."
)


class ContactFormulier(EenmaligFormulier):
    """Eén adres met een omschrijving; leeg maken is geen fout maar een wens om te verwijderen."""

    def wil_verwijderen(self) -> bool:
        """Of de mens een bestaande waarde heeft leeggemaakt."""
        return self.is_bound and not str(self.data.get("waarde", "")).strip()


class TelefoonFormulier(ContactFormulier):
    waarde = Regel(
        hooguit=30,
        leeg=TELEFOON_FOUT,
        label=_("Telefoonnummer"),
        help_text=_("Een buitenlands nummer mag ook. Begin dan met +, bijvoorbeeld +32."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    omschrijving = Regel(
        hooguit=40,
        required=False,
        label=_("Waarvoor is dit nummer?"),
        help_text=_("Bijvoorbeeld mobiel, thuis of werk."),
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"waarde": TELEFOON_FOUT}

    def maak(self, gegevens: dict[str, Any]) -> NieuwDigitaalAdres:
        return NieuwTelefoon(gegevens["waarde"], omschrijving=gegevens["omschrijving"])

    def in_woorden(self) -> str:
        return telefoonnummer(self.nieuw.waarde)


class EmailFormulier(ContactFormulier):
    waarde = Regel(
        hooguit=254,
        leeg=EMAIL_FOUT,
        label=_("E-mailadres"),
        help_text=_("Wij mailen u een code. Zo weten wij dat het adres van u is."),
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}
        ),
    )
    omschrijving = Regel(
        hooguit=40,
        required=False,
        label=_("Waarvoor is dit adres?"),
        help_text=_("Bijvoorbeeld privé of werk."),
    )

    def maak(self, gegevens: dict[str, Any]) -> NieuwDigitaalAdres:
        return NieuwEmail(gegevens["waarde"], omschrijving=gegevens["omschrijving"])

    def in_woorden(self) -> str:
        return str(self.nieuw.waarde)

    @property
    def foutteksten(self) -> Mapping[str, Any]:  # type: ignore[override]  # depends on what was typed
        """Zeg wat er ontbreekt, als dat te zien is."""
        getypt = str(self.data.get("waarde", ""))
        return {"waarde": EMAIL_FOUT if "@" in getypt else EMAIL_ZONDER_AAP}


class BevestigFormulier(EenmaligFormulier):
    code = Code(label=_("Code"), help_text=_("6 cijfers. De code werkt 15 minuten."))
