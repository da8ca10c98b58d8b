"""Velden die alle formulieren delen: een of meer regels tekst, een datum, een code."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TEKEN = _("Hierin staat een teken dat wij niet kunnen opslaan. Typ de tekst opnieuw.")
NIET_IN_EEN_REGEL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
RANDEN = " \t\u00a0"
"""Wat toetsenborden en plakken aan de randen achterlaten; verder blijft een tekst zoals getypt."""


class Regel(forms.CharField):
    """Eén regel tekst; te lang of een stuurteken krijgt een eigen melding, leeg die van `leeg`."""

    default_validators = []

    def __init__(self, *, hooguit: int, leeg: Any = "", **anders: Any) -> None:
        self.hooguit = hooguit
        super().__init__(error_messages={"required": leeg}, strip=False, **anders)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Return the text without `RANDEN` at its ends, in NFC as the domain counts and keeps it.

        What is too long for that in any form stays as it is, and is refused.
        """
        tekst = (super().to_python(value) or "").strip(RANDEN)
        return unicodedata.normalize("NFC", tekst) if len(tekst) <= 4 * self.hooguit else tekst

    def validate(self, value: str) -> None:
        """Raise the message for what the domain would refuse as text."""
        if NIET_IN_EEN_REGEL.search(value):
            raise ValidationError(TEKEN, code="teken")
        if len(value) > self.hooguit:
            melding = _("Deze tekst is te lang. Gebruik niet meer dan %(hooguit)s tekens.")
            raise ValidationError(melding, code="lang", params={"hooguit": self.hooguit})
        super().validate("" if value.isspace() else value)


class Tekst(Regel):
    """Tekst met regeleinden, zoals een browser die uit een tekstvak stuurt (CRLF) of als LF."""

    def __init__(self, **anders: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}), **anders)

    def to_python(self, value: Any) -> str:
        """Return the text with each line end as LF, and none at its ends."""
        return super().to_python(value).replace("\r\n", "\n").strip(RANDEN + "\n")

    def validate(self, value: str) -> None:
        """As one line; only the line ends are allowed besides."""
        super().validate(value.replace("\n", " "))


class Datum(Regel):
    """Een datum zoals mensen hem typen: 31 12 2026, 31-12-2026 of 31/12/2026."""

    melding = _("Deze datum bestaat niet. Bijvoorbeeld 31 12 2026.")

    def __init__(self, **anders: Any) -> None:
        super().__init__(hooguit=20, **anders)

    def clean(self, value: Any) -> Any:
        """Return the date, or None when left empty."""
        tekst = super().clean(value)
        if not tekst:
            return None
        deel = re.fullmatch(r"([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4})", tekst)
        try:
            dag, maand, jaar = map(int, deel.groups()) if deel else (0, 0, 0)
            return dt.date(jaar, maand, dag)
        except ValueError:
            raise ValidationError(self.melding, code="datum") from None


class Code(Regel):
    """Een code van 6 cijfers; spaties en streepjes tussen de cijfers tellen niet mee."""

    melding = _("Deze code klopt niet. Vul de 6 cijfers in.")

    def __init__(self, **anders: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "kg-code"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(hooguit=20, leeg=self.melding, widget=widget, **anders)

    def clean(self, value: Any) -> Any:
        """Return six digits."""
        tekst = re.sub(r"[ \-]", "", super().clean(value))
        if not re.fullmatch("[0-9]{6}", tekst):
            raise ValidationError(self.melding, code="code")
        return tekst
