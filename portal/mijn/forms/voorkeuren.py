"""Langs welke weg en in welke taal wij iemand bereiken."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import NieuweVoorkeur, Voorkeurskanaal, Voorkeursoort
from portal.mijn.forms.eenmalig import EenmaligFormulier

KANALEN = [
    (Voorkeurskanaal.POST.value, _("Per brief")),
    (Voorkeurskanaal.BERICHTENBOX.value, _("Digitaal, in de Berichtenbox van MijnOverheid")),
    (Voorkeurskanaal.EMAIL.value, _("Per e-mail")),
    (Voorkeurskanaal.SMS.value, _("Per sms")),
    (Voorkeurskanaal.TELEFOON.value, _("Wij bellen u")),
]
TALEN = [("nl", _("Nederlands")), ("en", _("Engels"))]
LABELS = {
    Voorkeursoort.ALGEMEEN: _("Zo bereiken wij u het liefst"),
    Voorkeursoort.ZAKEN: _("Brieven en besluiten"),
    Voorkeursoort.BETALINGEN: _("Betalingen"),
    Voorkeursoort.AFSPRAKEN: _("Herinneringen aan afspraken"),
    Voorkeursoort.TAAL: _("Taal van onze brieven"),
}
KIES = _("Kies een van de mogelijkheden.")


class VoorkeurFormulier(EenmaligFormulier):
    """Eén keuze; welke mogelijkheden er zijn, hangt af van `soort`."""

    keuze = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": KIES, "invalid_choice": KIES}
    )
    soort: Voorkeursoort

    def kies_voor(self, soort: Voorkeursoort) -> None:
        """Zet label en mogelijkheden voor deze soort voorkeur."""
        self.soort = soort
        veld = self.fields["keuze"]
        veld.label = LABELS[soort]
        veld.choices = TALEN if soort is Voorkeursoort.TAAL else KANALEN  # type: ignore[attr-defined]  # a ChoiceField

    def maak(self, gegevens: dict[str, Any]) -> NieuweVoorkeur:
        return NieuweVoorkeur(self.soort, gegevens["keuze"])

    def in_woorden(self) -> str:
        return str(dict(self.fields["keuze"].choices)[self.nieuw.keuze])  # type: ignore[attr-defined]  # a ChoiceField
