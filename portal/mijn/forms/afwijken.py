"""Andere contactgegevens voor één melding: naam, bereik, postadres, kanaal en taal."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.klanten.handelingen.postadres import BUITENLANDS, NEDERLANDS
from portal.klanten.regels import (
    Adres,
    Adressoort,
    Contactgegevens,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
    OngeldigeWaarde,
)
from portal.mijn.forms.contact import EMAIL_FOUT, TELEFOON_FOUT
from portal.mijn.forms.postadres import (
    BuitenlandsAdresFormulier,
    PostadresFormulier,
    als_nummer,
    landkeuzes,
)
from portal.mijn.forms.velden import Regel
from portal.mijn.forms.voorkeuren import KANALEN, TALEN
from portal.mijn.weergave import postcode

TWEE_ADRESSEN = _("Vul één postadres in: in Nederland of in een ander land.")
FOUTTEKSTEN = {**PostadresFormulier.foutteksten, **BuitenlandsAdresFormulier.foutteksten}
IN_NEDERLAND = tuple(naam for naam in NEDERLANDS if naam != "tav")
ELDERS = tuple(naam for naam in BUITENLANDS if naam != "tav")
ADRES = ("soort", *IN_NEDERLAND, *ELDERS, "tav")


def _vrij(formulier: type[forms.Form], naam: str) -> Any:
    """Het veld van het postadres, maar hier mag het leeg blijven."""
    veld = deepcopy(formulier.base_fields[naam])
    veld.required = naam == "soort"
    return veld


class AfwijkFormulier(forms.Form):
    """KLUIT04: andere contactgegevens voor deze ene melding; leeg is: zoals altijd."""

    voornaam = Regel(
        hooguit=200,
        required=False,
        label=_("Naam"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    emailadres = Regel(
        hooguit=254,
        required=False,
        label=_("E-mailadres"),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    telefoonnummer = Regel(
        hooguit=30,
        required=False,
        label=_("Telefoonnummer"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    voorkeurskanaal = forms.ChoiceField(
        required=False,
        label=_("Hoe bereiken wij u het liefst?"),
        choices=[("", _("Zoals altijd")), *KANALEN],
    )
    voorkeurstaal = forms.ChoiceField(
        required=False, label=_("In welke taal?"), choices=[("", _("Zoals altijd")), *TALEN]
    )
    soort = _vrij(PostadresFormulier, "soort")
    postcode = _vrij(PostadresFormulier, "postcode")
    huisnummer = _vrij(PostadresFormulier, "huisnummer")
    huisletter = _vrij(PostadresFormulier, "huisletter")
    toevoeging = _vrij(PostadresFormulier, "toevoeging")
    straat = _vrij(PostadresFormulier, "straat")
    plaats = _vrij(PostadresFormulier, "plaats")
    regel1 = _vrij(BuitenlandsAdresFormulier, "regel1")
    regel2 = _vrij(BuitenlandsAdresFormulier, "regel2")
    regel3 = _vrij(BuitenlandsAdresFormulier, "regel3")
    landcode = _vrij(BuitenlandsAdresFormulier, "landcode")
    tav = _vrij(PostadresFormulier, "tav")
    gegevens: Contactgegevens

    def __init__(self, *args: Any, met_adres: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landcode"].choices = landkeuzes()  # type: ignore[attr-defined]  # a ChoiceField
        for naam in () if met_adres else ADRES:
            del self.fields[naam]

    def gewoon(self) -> Iterator[BoundField]:
        """De velden buiten het postadres."""
        return (veld for veld in self if veld.name not in ADRES)

    def in_nederland(self) -> list[BoundField]:
        """De velden van een Nederlands adres; leeg als hier geen adres gevraagd wordt."""
        return [self[naam] for naam in ("soort", *IN_NEDERLAND) if naam in self.fields]

    def elders(self) -> list[BoundField]:
        """De velden van een adres in een ander land."""
        return [self[naam] for naam in ELDERS if naam in self.fields]

    def voor_wie(self) -> list[BoundField]:
        """Ter attentie van wie de post is, waar ook."""
        return [self[naam] for naam in ("tav",) if naam in self.fields]

    def adres_open(self) -> bool:
        """Of er in het adres iets staat of fout is: dan staat het niet dichtgeklapt."""
        velden = [*self.in_nederland(), *self.elders(), *self.voor_wie()]
        return any(veld.errors or (veld.name != "soort" and veld.value()) for veld in velden)

    def clean_huisnummer(self) -> int | None:
        """Een nummer in gewone cijfers, of niets."""
        tekst = self.cleaned_data["huisnummer"]
        return als_nummer(tekst) if tekst else None

    def clean(self) -> dict[str, Any]:
        """Laat het domein over elk veld apart oordelen."""
        ingevuld = super().clean() or self.cleaned_data
        for veld, fout in (("emailadres", EMAIL_FOUT), ("telefoonnummer", TELEFOON_FOUT)):
            try:
                Contactgegevens(**{veld: ingevuld.get(veld, "")})
            except OngeldigeWaarde:
                self.add_error(veld, fout)
        adres = None if self.errors else self._adres(ingevuld)
        if not self.errors:
            rest = {naam: waarde for naam, waarde in ingevuld.items() if naam not in ADRES}
            self.gegevens = Contactgegevens(**rest, correspondentieadres=adres)
        return ingevuld

    def _adres(self, ingevuld: dict[str, Any]) -> Adres | None:
        """Het ene adres dat er staat; wat eraan mankeert komt bij het veld."""
        elders = any(ingevuld.get(naam) for naam in ELDERS)
        hier = any(ingevuld.get(naam) for naam in IN_NEDERLAND)
        if elders and hier:
            self.add_error("regel1", TWEE_ADRESSEN)
            return None
        if not elders and not hier and not ingevuld.get("tav"):
            return None
        verplicht = ("regel1", "landcode") if elders else ("postcode", "huisnummer")
        for naam in verplicht:
            if not ingevuld[naam]:
                self.add_error(naam, FOUTTEKSTEN[naam])
        return None if self.errors else self._maak(ingevuld, elders=elders)

    def _maak(self, ingevuld: dict[str, Any], *, elders: bool) -> Adres | None:
        try:
            if elders:
                return NieuwBuitenlandsAdres(**{naam: ingevuld[naam] for naam in BUITENLANDS})
            delen = {naam: ingevuld[naam] for naam in NEDERLANDS}
            return NieuwPostadres(soort=Adressoort(ingevuld["soort"]), **delen)
        except OngeldigeWaarde as fout:
            self.add_error(fout.veld, FOUTTEKSTEN.get(fout.veld) or fout.in_taal(gettext))
            return None


def begin_van(nu: Contactgegevens) -> dict[str, Any]:
    """Wat er in het formulier staat als dit al afwijkt."""
    velden = dict(vars(nu))
    adres = velden.pop("correspondentieadres")
    velden |= {naam: getattr(adres, naam) for naam in ADRES if hasattr(adres, naam)}
    if isinstance(adres, NieuwPostadres):
        velden["postcode"] = postcode(adres.postcode)
    return velden
