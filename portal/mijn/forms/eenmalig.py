"""Wat elk formulier dat iets wijzigt bij zich draagt: de geziene versie, een eenmalige sleutel."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.klanten.models import Klant
from portal.klanten.regels import OngeldigeWaarde

OPNIEUW = _("Dit formulier is niet meer goed. Open de pagina opnieuw.")


class EenmaligFormulier(forms.Form):
    """`gezien` is de versie van de klant die de mens zag (0: nog geen klant), `sleutel` eenmalig.

    Subclasses fill `nieuw` with a value object of the domain in `maak`; what the domain refuses
    becomes the text of `foutteksten` at its field.
    """

    gezien = forms.IntegerField(
        min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput, initial=0
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    foutteksten: ClassVar[Mapping[str, Any]] = {}
    conflict = False
    nieuw: Any = None

    @classmethod
    def voor(
        cls, klant: Klant | None, gegevens: Mapping[str, Any] | None, /, *, rij: str, **begin: Any
    ) -> Self:
        """Maak het formulier voor de klant zoals hij nu is; `rij` houdt de id's uniek."""
        versie = klant.versie if klant else 0
        return cls(gegevens, initial={"gezien": versie, **begin}, auto_id=f"{rij}-%s")

    def maak(self, gegevens: dict[str, Any]) -> Any:
        """Bouw de waarde van het domein uit wat er getypt is; mag OngeldigeWaarde geven."""
        return None

    def clean(self) -> dict[str, Any]:
        """Laat het domein oordelen als de velden op zichzelf goed zijn."""
        gegevens = super().clean() or self.cleaned_data
        if {"gezien", "sleutel"} & self.errors.keys():
            raise forms.ValidationError(OPNIEUW)
        if not self.errors:
            try:
                self.nieuw = self.maak(gegevens)
            except OngeldigeWaarde as fout:
                veld = fout.veld if fout.veld in self.fields else None
                self.add_error(veld, self.foutteksten.get(fout.veld) or fout.in_taal(gettext))
        if not self.errors and self.data.get("conflict") and self.data.get("welke") != "mijn":
            self.conflict = True
            self.add_error(None, _("Kies welke waarde klopt."))
        return gegevens

    def in_woorden(self) -> str:
        """Schrijf wat er getypt is zoals het scherm het zou tonen."""
        return ""

    def laat_staan(self) -> bool:
        """Of de mens op de conflictpagina koos voor wat er al stond."""
        return self.data.get("welke") == "nu"

    def meld_conflict(self) -> None:
        """Iemand was eerder: de bladzijde toont beide waarden."""
        self.conflict = True

    def begin_opnieuw(self, *, versie: int, sleutel: uuid.UUID) -> None:
        """Geef de conflictpagina de versie die er nu staat, en een nieuwe sleutel."""
        self.data = {**dict(self.data.items()), "gezien": str(versie), "sleutel": str(sleutel)}
