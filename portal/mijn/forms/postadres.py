"""Het postadres: Nederlands met postcode en nummer, of regels met een land."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import (
    Adressoort,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
    huisletter_van,
    postcode_van,
    toevoeging_van,
)
from portal.mijn.forms.eenmalig import EenmaligFormulier, Keuringen
from portal.mijn.forms.velden import Datum, Regel
from portal.mijn.weergave import adrestekst, landen

POSTCODE_FOUT = _("Deze postcode klopt niet. Gebruik 4 cijfers en 2 letters. Bijvoorbeeld 1234 AB.")
NUMMER_FOUT = _(
    "Dit nummer klopt niet. Gebruik alleen cijfers. Bijvoorbeeld 12. "
    "Een letter zet u bij Huisletter."
)
REGEL_FOUT = _("Vul de straat en het nummer in. Bijvoorbeeld Rue de la Loi 155.")
LAND_FOUT = _("Kies een land uit de lijst.")
BUITENLAND = Adressoort.BUITENLAND.value
SOORTEN = [
    (Adressoort.STRAAT.value, _("Straat en huisnummer")),
    (Adressoort.POSTBUS.value, _("Postbus")),
    (Adressoort.ANTWOORDNUMMER.value, _("Antwoordnummer")),
]


def _tekst(autocomplete: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "dir": "auto"})


def als_nummer(tekst: str) -> int:
    """Lees een nummer in gewone cijfers, niet nul. Raises ValidationError."""
    if not (tekst.isascii() and tekst.isdigit() and int(tekst)):
        raise forms.ValidationError(NUMMER_FOUT)
    return int(tekst)


def landkeuzes() -> list[tuple[str, Any]]:
    """De landen om uit te kiezen, in de taal van de bladzijde."""
    return [("", _("Kies een land")), *landen()]


class _Adres(EenmaligFormulier):
    """Wat elk adres heeft: ter attentie van, en een periode."""

    tav = Regel(
        hooguit=200,
        required=False,
        label=_("Ter attentie van"),
        help_text=_("Voor wie is de post? Bijvoorbeeld uw naam of die van een ander."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    geldig_vanaf = Datum(
        required=False, label=_("Vanaf"), help_text=_("Bijvoorbeeld 31 12 2026. Leeg is: nu.")
    )
    geldig_tot = Datum(
        required=False,
        label=_("Tot"),
        help_text=_("De dag waarop dit adres stopt. Leeg is: tot u het wijzigt."),
    )

    def in_woorden(self) -> str:
        return adrestekst(self.nieuw)


class PostadresFormulier(_Adres):
    soort = forms.ChoiceField(
        choices=SOORTEN,
        initial=Adressoort.STRAAT.value,
        label=_("Soort adres"),
        error_messages={
            "required": _("Kies een soort adres."),
            "invalid_choice": _("Kies een soort adres."),
        },
    )
    postcode = Regel(
        hooguit=10,
        leeg=POSTCODE_FOUT,
        label=_("Postcode"),
        help_text=_("Bijvoorbeeld 1234 AB."),
        widget=_tekst("postal-code"),
    )
    huisnummer = Regel(
        hooguit=5,
        leeg=NUMMER_FOUT,
        label=_("Nummer"),
        help_text=_("Huisnummer, of het nummer van de postbus."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    huisletter = Regel(hooguit=1, required=False, label=_("Huisletter"))
    toevoeging = Regel(
        hooguit=4, required=False, label=_("Toevoeging"), help_text=_("Bijvoorbeeld bis of 2.")
    )
    straat = Regel(hooguit=80, required=False, label=_("Straat"), widget=_tekst("address-line1"))
    plaats = Regel(hooguit=80, required=False, label=_("Plaats"), widget=_tekst("address-level2"))
    foutteksten: ClassVar[Mapping[str, Any]] = {
        "postcode": POSTCODE_FOUT,
        "huisnummer": NUMMER_FOUT,
        "huisletter": _("Vul één letter in. Bijvoorbeeld B."),
        "toevoeging": _("Gebruik hooguit 4 letters, cijfers of streepjes. Bijvoorbeeld bis."),
    }
    keurt: ClassVar[Keuringen] = {
        "postcode": postcode_van,
        "huisletter": huisletter_van,
        "toevoeging": toevoeging_van,
    }
    field_order = ["soort", "postcode", "huisnummer", "huisletter", "toevoeging", "straat",
                   "plaats", "tav", "geldig_vanaf", "geldig_tot"]  # fmt: skip

    def help_bij(self, adres: str) -> None:
        """Laat htmx op dit adres naar straat en plaats vragen; nooit ten koste van opslaan."""
        for naam in ("postcode", "huisnummer"):
            self.fields[naam].widget.attrs |= {
                "data-hx-post": adres,
                "data-hx-trigger": "change",
                "data-hx-include": "closest form",
                "data-hx-swap": "none",
            }

    def clean_huisnummer(self) -> int:
        """Een nummer in gewone cijfers."""
        return als_nummer(self.cleaned_data["huisnummer"])

    def maak(self, gegevens: dict[str, Any]) -> NieuwPostadres:
        velden = {naam: gegevens[naam] for naam in self.field_order if naam != "soort"}
        return NieuwPostadres(soort=Adressoort(gegevens["soort"]), **velden)


class BuitenlandsAdresFormulier(_Adres):
    regel1 = Regel(
        hooguit=80,
        leeg=REGEL_FOUT,
        label=_("Regel 1"),
        help_text=_("Straat en nummer, zoals u het op een envelop schrijft."),
        widget=_tekst("address-line1"),
    )
    regel2 = Regel(
        hooguit=80,
        required=False,
        label=_("Regel 2"),
        help_text=_("Bijvoorbeeld postcode en plaats."),
        widget=_tekst("address-line2"),
    )
    regel3 = Regel(hooguit=80, required=False, label=_("Regel 3"), widget=_tekst("address-line3"))
    landcode = forms.ChoiceField(
        label=_("Land"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": LAND_FOUT, "invalid_choice": LAND_FOUT},
    )
    foutteksten: ClassVar[Mapping[str, Any]] = {"regel1": REGEL_FOUT, "landcode": LAND_FOUT}
    field_order = ["regel1", "regel2", "regel3", "landcode", "tav", "geldig_vanaf", "geldig_tot"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = self.fields["landcode"]
        keuze.choices = landkeuzes()  # type: ignore[attr-defined]  # a ChoiceField

    def maak(self, gegevens: dict[str, Any]) -> NieuwBuitenlandsAdres:
        return NieuwBuitenlandsAdres(**{naam: gegevens[naam] for naam in self.field_order})
