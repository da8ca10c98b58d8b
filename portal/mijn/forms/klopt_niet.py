"""Doorgeven dat een basisregistratie niet klopt."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import NieuweTerugmelding, Register
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.velden import Regel, Tekst

TOELICHTING_FOUT = _("Zeg wat er niet klopt. Bijvoorbeeld: mijn huisnummer is 12, niet 21.")


class KloptNietFormulier(EenmaligFormulier):
    toelichting = Tekst(hooguit=1000, leeg=TOELICHTING_FOUT, label=_("Wat klopt er niet?"))
    voorstel = Regel(
        hooguit=200,
        required=False,
        label=_("Wat moet het zijn?"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact = Regel(
        hooguit=254,
        required=False,
        label=_("Waar kunnen wij u hierover bereiken?"),
        help_text=_("Een e-mailadres of telefoonnummer."),
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"toelichting": TOELICHTING_FOUT}
    register: Register
    gegeven: str

    def maak(self, gegevens: dict[str, Any]) -> NieuweTerugmelding:
        velden = {naam: gegevens[naam] for naam in ("toelichting", "voorstel", "contact")}
        return NieuweTerugmelding(register=self.register, gegeven=self.gegeven, **velden)
