"""Het rekeningnummer waarop de gemeente betaalt."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import NieuwRekeningnummer, iban_van
from portal.mijn.forms.eenmalig import ControleFormulier, EenmaligFormulier, Keuringen
from portal.mijn.forms.velden import Regel
from portal.mijn.weergave import rekeningnummer

IBAN_FOUT = _(
    "Dit rekeningnummer klopt niet. Kijk op uw bankpas of in uw bank-app. "
    "Bijvoorbeeld NL91 ABNA 0417 1643 00."
)
NAAM_FOUT = _("Vul de naam in die bij deze rekening hoort. Bijvoorbeeld M. de Vries.")


class RekeningFormulier(EenmaligFormulier):
    iban = Regel(
        hooguit=50,
        leeg=IBAN_FOUT,
        label=_("Rekeningnummer (IBAN)"),
        help_text=_("Een rekening van een bank in een ander land mag ook."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    tenaamstelling = Regel(
        hooguit=140,
        leeg=NAAM_FOUT,
        label=_("Op naam van"),
        help_text=_("Zoals het op uw bankpas staat."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"iban": IBAN_FOUT, "tenaamstelling": NAAM_FOUT}
    keurt: ClassVar[Keuringen] = {"iban": iban_van}

    def maak(self, gegevens: dict[str, Any]) -> NieuwRekeningnummer:
        return NieuwRekeningnummer(iban=gegevens["iban"], tenaamstelling=gegevens["tenaamstelling"])

    def in_woorden(self) -> str:
        return rekeningnummer(self.nieuw.iban)


class RekeningControleFormulier(RekeningFormulier, ControleFormulier):
    """Het ingevulde nummer, met de afdruk van wat de mens op de bladzijde zag."""
