"""Wat elk formulier dat iets wijzigt bij zich draagt: de geziene versie, een eenmalige sleutel."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.klanten.models import Klant
from portal.klanten.regels import IntussenGewijzigd, OngeldigeWaarde

OPNIEUW = _("Dit formulier werkt niet meer. Open de pagina opnieuw.")
NOG_EENS = _("U stuurde dit al. Wilt u nog een melding doen? Verstuur dan nog eens.")
Keuringen = Mapping[str, Callable[[str], object]]
"""Per field what the domain thinks of its text alone; raises OngeldigeWaarde."""
VERBORGEN = {"klant", "gezien", "sleutel", "getoond"}


def afdruk_van(keuze: Any) -> str:
    """Geef de afdruk (hex) van een keuze in de sessie: gelijk bij dezelfde keuze, niet te raden."""
    tekst = json.dumps(keuze, sort_keys=True)
    return salted_hmac("portal.mijn.getoond", tekst, algorithm="sha256").hexdigest()


class EenmaligFormulier(forms.Form):
    """`klant` is wie de mens zag (leeg: nog geen klant) en `gezien` de versie; `sleutel` eenmalig.

    Subclasses fill `nieuw` with a value object of the domain in `maak`; what the domain refuses
    becomes the text of `foutteksten` at its field.
    """

    klant = forms.UUIDField(required=False, widget=forms.HiddenInput)
    gezien = forms.IntegerField(
        min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput, initial=0
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    foutteksten: ClassVar[Mapping[str, Any]] = {}
    keurt: ClassVar[Keuringen] = {}
    """Getoetst voor `maak`, zodat alle fouten er in één keer staan."""
    conflict = False
    hooguit_een = False
    """Of wie dit invult maar één klant kan hebben (KARD1)."""
    nieuw: Any = None

    @classmethod
    def voor(
        cls, klant: Klant | None, gegevens: Mapping[str, Any] | None, /, *, rij: str, **begin: Any
    ) -> Self:
        """Maak het formulier voor de klant zoals hij nu is; `rij` houdt de id's uniek."""
        nu = {"klant": klant.pk if klant else None, "gezien": klant.versie if klant else 0}
        formulier = cls(gegevens, initial={**nu, **begin}, auto_id=f"{rij}-%s")
        formulier.hooguit_een = klant is not None and klant.persoon
        return formulier

    def maak(self, gegevens: dict[str, Any]) -> Any:
        """Bouw de waarde van het domein uit wat er getypt is; mag OngeldigeWaarde geven."""
        return None

    def clean(self) -> dict[str, Any]:
        """Laat het domein oordelen als de velden op zichzelf goed zijn."""
        gegevens = super().clean() or self.cleaned_data
        if VERBORGEN & self.errors.keys():
            raise forms.ValidationError(OPNIEUW)
        for veld, keur in self.keurt.items():
            if waarde := gegevens.get(veld):
                self._laat_oordelen(keur, waarde, veld=veld)
        if not self.errors:
            self.nieuw = self._laat_oordelen(self.maak, gegevens)
        if not self.errors and self.data.get("conflict") and self.data.get("welke") != "mijn":
            self.conflict = True
            self.add_error(None, _("Kies welke waarde klopt."))
        return gegevens

    def _laat_oordelen(self, regel: Callable[[Any], Any], waarde: Any, *, veld: str = "") -> Any:
        try:
            return regel(waarde)
        except OngeldigeWaarde as fout:
            naam = veld or fout.veld
            tekst = self.foutteksten.get(naam) or fout.in_taal(gettext)
            self.add_error(naam if naam in self.fields else None, tekst)
            return None

    def in_woorden(self) -> str:
        """Schrijf wat er getypt is zoals het scherm het zou tonen."""
        return ""

    def laat_staan(self) -> bool:
        """Of de mens op de conflictpagina koos voor wat er al stond."""
        return self.data.get("welke") == "nu"

    def is_dezelfde_klant(self) -> bool:
        """Of de klant van nu die is die de mens zag.

        A person who saw no klant has at most this one; a company that saw none may have opened
        another contact point meanwhile.
        """
        gezien: uuid.UUID | None = self.cleaned_data["klant"]
        nu: uuid.UUID | None = self.initial["klant"]
        if gezien is None and self.cleaned_data["gezien"] == 0:
            return nu is None or self.hooguit_een
        return gezien == nu

    def eis_wat_getoond_is(self) -> None:
        """Raise IntussenGewijzigd als een ander tabblad intussen een andere klant opende."""
        if not self.is_dezelfde_klant():
            raise IntussenGewijzigd

    def meld_conflict(self) -> None:
        """Iemand was eerder: de bladzijde toont beide waarden."""
        self.conflict = True

    def begin_opnieuw(self, klant: Klant | None, *, sleutel: uuid.UUID) -> None:
        """Geef de conflictpagina de klant en de versie van nu, en een nieuwe sleutel."""
        self.data = {
            **dict(self.data.items()),
            "klant": str(klant.pk) if klant else "",
            "gezien": str(klant.versie if klant else 0),
            "sleutel": str(sleutel),
        }


class ControleFormulier(EenmaligFormulier):
    """Een bladzijde die een keuze uit de sessie laat nakijken; `getoond` is daar de afdruk van.

    `voor` gets the print of the choice as it is now as `getoond`.
    """

    getoond = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def is_dezelfde_keuze(self) -> bool:
        """Of de keuze in de sessie nog die is die de mens zag."""
        return constant_time_compare(self.cleaned_data["getoond"], self.initial["getoond"])

    def eis_wat_getoond_is(self) -> None:
        """Raise IntussenGewijzigd ook als een ander tabblad intussen iets anders koos."""
        super().eis_wat_getoond_is()
        if not self.is_dezelfde_keuze():
            raise IntussenGewijzigd

    def begin_opnieuw(self, klant: Klant | None, *, sleutel: uuid.UUID) -> None:
        """Geef de bladzijde ook de afdruk van de keuze van nu."""
        super().begin_opnieuw(klant, sleutel=sleutel)
        self.data = {**self.data, "getoond": self.initial["getoond"]}
