"""Kiezen welk bestand iemand van zijn gegevens wil."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.mijn.models import Download
from portal.mijn.opmaak import opgemaakt

KIES = gettext_lazy("Kies eerst welk bestand u wilt.")


class DownloadFormulier(forms.Form):
    """Eén keuze, elk met waar het bestand goed voor is."""

    vorm = forms.ChoiceField(
        label=gettext_lazy("Welk bestand wilt u?"),
        widget=forms.RadioSelect,
        initial=Download.Vorm.PDF.value,
        error_messages={"required": KIES, "invalid_choice": KIES},
    )

    def __init__(self, *args: Any, **anders: Any) -> None:
        super().__init__(*args, **anders)
        self.fields["vorm"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            _keuze(
                Download.Vorm.PDF, _("Pdf"), _("Om te lezen, af te drukken of voor te laten lezen.")
            ),
            _keuze(
                Download.Vorm.CSV,
                _("Rekenblad (csv)"),
                _("Om te openen in Excel of een ander rekenblad."),
            ),
            _keuze(
                Download.Vorm.JSON,
                _("Bestand voor een computer (json)"),
                _("Om uw gegevens ergens anders in te laden."),
            ),
            (Download.Vorm.GEBRUIK.value, _("Alleen: wie gebruikte mijn gegevens (csv)")),
        ]


def _keuze(vorm: Download.Vorm, naam: str, waarvoor: str) -> tuple[str, str]:
    return vorm.value, opgemaakt("{}<small>{}</small>", naam, waarvoor)
