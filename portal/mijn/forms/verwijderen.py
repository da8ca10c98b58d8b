"""Kiezen wat er verwijderd moet worden: één vakje per gegeven, met wat er staat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.klanten.models import Klant
from portal.klanten.regels import Contactsoort
from portal.mijn.opmaak import eigen, opgemaakt
from portal.mijn.toegang import adressen_van, rekeningnummers_van, voorkeuren_van
from portal.mijn.weergave import adrestekst, rekeningnummer_verborgen, telefoonnummer

ALLES = "alles"
KIES = gettext_lazy("Kies wat wij moeten verwijderen.")


@dataclass(frozen=True, kw_only=True)
class Gegeven:
    """Eén ding dat weg kan; `sleutel` is de soort, met bij meer van een soort het id van de rij.

    `tekst` is HTML; `waarden` are the ids of the rows that go with it.
    """

    soort: str
    sleutel: str
    tekst: str
    waarden: tuple[UUID, ...]


def gegevens_van(klant: Klant | None) -> list[Gegeven]:
    """Alles wat deze klant zelf heeft ingevuld, op de volgorde van Mijn gegevens."""
    if klant is None:
        return []
    gegevens = []
    if naam := getattr(klant, "naam", None):
        gegevens.append(_een("naam", _("Naam"), naam.tekst(), naam.pk))
    if adres := getattr(klant, "postadres", None):
        tekst = adrestekst(adres).replace("\n", ", ")
        gegevens.append(_een("adres", _("Postadres"), tekst, adres.pk))
    gegevens += _contact(klant, Contactsoort.TELEFOON, _("Telefoonnummer"))
    gegevens += _contact(klant, Contactsoort.EMAIL, _("E-mailadres"))
    for rij in rekeningnummers_van(klant):
        tekst = rekeningnummer_verborgen(rij.iban)
        gegevens.append(_een(f"rekening:{rij.pk}", _("Rekeningnummer"), tekst, rij.pk))
    if keuzes := [rij.pk for rij in voorkeuren_van(klant)]:
        alle = opgemaakt("{}: {}", _("Contactvoorkeuren"), _("alle keuzes"))
        soort = "voorkeuren"
        gegevens.append(Gegeven(soort=soort, sleutel=soort, tekst=alle, waarden=tuple(keuzes)))
    return gegevens


def is_alles(klant: Klant | None, keuze: list[str]) -> bool:
    """Of deze keuze de hele klant is: alleen wie uitdrukkelijk alles koos, ook zonder gegevens."""
    return klant is not None and ALLES in keuze


def _een(sleutel: str, label: str, tekst: str, *waarden: UUID) -> Gegeven:
    soort = sleutel.partition(":")[0]
    return Gegeven(
        soort=soort,
        sleutel=sleutel,
        tekst=opgemaakt("{}: {}", label, eigen(tekst)),
        waarden=waarden,
    )


def _contact(klant: Klant, soort: Contactsoort, label: str) -> list[Gegeven]:
    rijen = [rij for rij in adressen_van(klant) if rij.soort == soort]
    tekst = telefoonnummer if soort is Contactsoort.TELEFOON else str
    return [_een(f"{soort.value}:{rij.pk}", label, tekst(rij.waarde), rij.pk) for rij in rijen]


class KiesFormulier(forms.Form):
    """Vakjes voor alles wat er staat, en eerst: alles."""

    weg = forms.MultipleChoiceField(
        label=gettext_lazy("Wat wilt u verwijderen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": KIES, "invalid_choice": KIES, "invalid_list": KIES},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        gegevens: list[Gegeven],
        bedrijf: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        keuzes = [(gegeven.sleutel, gegeven.tekst) for gegeven in gegevens]
        # What stands at another contact point of the company stays.
        alles = _("Alles van dit contactpunt") if bedrijf else _("Alles wat ik zelf heb ingevuld")
        self.fields["weg"].choices = [(ALLES, alles), *keuzes]  # type: ignore[attr-defined]  # a MultipleChoiceField
