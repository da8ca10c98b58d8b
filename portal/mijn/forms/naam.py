"""Hoe wij iemand noemen; bij een bedrijf het contactpunt."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import NieuweNaam
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.velden import Regel

NAAM_FOUT = _("Vul een naam in. Bijvoorbeeld Mina de Vries.")
CONTACTPUNT_FOUT = _("Vul een naam in. Bijvoorbeeld Administratie.")


class NaamFormulier(EenmaligFormulier):
    waarde = Regel(
        hooguit=200,
        leeg=NAAM_FOUT,
        label=_("Zo noemen wij u"),
        help_text=_("Deze naam gebruiken wij in brieven en aan de telefoon."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"waarde": NAAM_FOUT}

    def maak(self, gegevens: dict[str, Any]) -> NieuweNaam:
        return NieuweNaam(gegevens["waarde"])

    def in_woorden(self) -> str:
        return str(self.nieuw.waarde)


class ContactpuntFormulier(EenmaligFormulier):
    waarde = Regel(
        hooguit=200,
        leeg=CONTACTPUNT_FOUT,
        label=_("Naam van het contactpunt"),
        help_text=_("Bijvoorbeeld Administratie of Directie."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    functie = Regel(
        hooguit=200,
        required=False,
        label=_("Functie"),
        help_text=_("Waarvoor kunnen wij dit contactpunt bereiken? Bijvoorbeeld facturen."),
    )
    bedrijfsnaam = Regel(
        hooguit=200,
        required=False,
        label=_("Naam van uw bedrijf"),
        help_text=_("Zoals u die op brieven wilt zien."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"waarde": CONTACTPUNT_FOUT}

    def maak(self, gegevens: dict[str, Any]) -> NieuweNaam:
        return NieuweNaam(
            gegevens["waarde"],
            functie=gegevens["functie"],
            bedrijfsnaam=gegevens["bedrijfsnaam"],
        )

    def in_woorden(self) -> str:
        delen = (self.nieuw.waarde, self.nieuw.functie, self.nieuw.bedrijfsnaam)
        return ", ".join(deel for deel in delen if deel)
