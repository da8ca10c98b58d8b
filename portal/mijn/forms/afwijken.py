"""Andere contactgegevens voor één melding: naam, bereik, postadres, kanaal en taal."""

import uuid
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.klanten.handelingen.postadres import BUITENLANDS, NEDERLANDS
from portal.klanten.models import Klant
from portal.klanten.regels import (
    Adres,
    Adressoort,
    Contactgegevens,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuwPostadres,
    NieuwTelefoon,
    Voorkeursoort,
)
from portal.mijn.forms.contact import EMAIL_FOUT, TELEFOON_FOUT
from portal.mijn.forms.eenmalig import ControleFormulier, Keuringen
from portal.mijn.forms.postadres import (
    BuitenlandsAdresFormulier,
    PostadresFormulier,
    als_nummer,
    landkeuzes,
)
from portal.mijn.forms.velden import Regel
from portal.mijn.forms.voorkeuren import KANALEN, LABELS, TALEN
from portal.mijn.weergave import adrestekst, postcode, taal, telefoonnummer

TWEE_ADRESSEN = _("Vul één postadres in: in Nederland of in een ander land.")
FOUTTEKSTEN = {
    **PostadresFormulier.foutteksten,
    **BuitenlandsAdresFormulier.foutteksten,
    "emailadres": EMAIL_FOUT,
    "telefoonnummer": TELEFOON_FOUT,
}
IN_NEDERLAND = tuple(naam for naam in NEDERLANDS if naam != "tav")
ELDERS = tuple(naam for naam in BUITENLANDS if naam != "tav")
ADRES = ("soort", *IN_NEDERLAND, *ELDERS, "tav")
REST = tuple(veld.name for veld in fields(Contactgegevens) if veld.name != "correspondentieadres")


def _vrij(formulier: type[forms.Form], naam: str) -> Any:
    """Het veld van het postadres, maar hier mag het leeg blijven."""
    veld = deepcopy(formulier.base_fields[naam])
    veld.required = naam == "soort"
    return veld


class AfwijkFormulier(ControleFormulier):
    """KLUIT04: andere contactgegevens voor deze ene melding; leeg is: zoals altijd.

    `getoond` is the print of what differed when the page was made.
    """

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
    foutteksten = FOUTTEKSTEN
    keurt: ClassVar[Keuringen] = {
        **PostadresFormulier.keurt,
        "emailadres": NieuwEmail,
        "telefoonnummer": NieuwTelefoon,
    }
    nieuw: Contactgegevens

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landcode"].choices = landkeuzes()  # type: ignore[attr-defined]  # a ChoiceField

    def zonder_adres(self) -> None:
        """Vraag hier geen adres: dit proces gebruikt dat van de basisregistratie."""
        for naam in ADRES:
            del self.fields[naam]

    def gewoon(self) -> Iterator[BoundField]:
        """De velden buiten het postadres, ook wat verborgen is."""
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

    def maak(self, gegevens: dict[str, Any]) -> Contactgegevens | None:
        """De gegevens als waarde van het domein; None als het adres niet goed is."""
        adres = self._adres(gegevens)
        if self.errors:
            return None
        rest = {naam: gegevens[naam] for naam in REST}
        return Contactgegevens(**rest, correspondentieadres=adres)

    def in_woorden(self) -> str:
        return afwijking_in_woorden(self.nieuw)

    def begin_opnieuw(self, klant: Klant | None, *, sleutel: uuid.UUID) -> None:
        """Het gaat om deze melding: welke klant er openstaat, doet er niet toe."""
        super().begin_opnieuw(None, sleutel=sleutel)

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

    def _maak(self, ingevuld: dict[str, Any], *, elders: bool) -> Adres:
        if elders:
            return NieuwBuitenlandsAdres(**{naam: ingevuld[naam] for naam in BUITENLANDS})
        delen = {naam: ingevuld[naam] for naam in NEDERLANDS}
        return NieuwPostadres(soort=Adressoort(ingevuld["soort"]), **delen)


def begin_van(nu: Contactgegevens) -> dict[str, Any]:
    """Wat er in het formulier staat als dit al afwijkt."""
    velden = dict(vars(nu))
    adres = velden.pop("correspondentieadres")
    velden |= {naam: getattr(adres, naam) for naam in ADRES if hasattr(adres, naam)}
    if isinstance(adres, NieuwPostadres):
        velden["postcode"] = postcode(adres.postcode)
    return velden


def afwijking_in_woorden(nu: Contactgegevens) -> str:
    """Schrijf wat er afwijkt zoals het scherm het toont, een regel per gegeven."""
    adres, telefoon = nu.correspondentieadres, nu.telefoonnummer
    waarden = {
        gettext("Naam"): nu.voornaam,
        gettext("E-mailadres"): nu.emailadres,
        gettext("Telefoonnummer"): telefoonnummer(telefoon) if telefoon else "",
        gettext("Postadres"): adrestekst(adres) if adres else "",
        LABELS[Voorkeursoort.ALGEMEEN]: dict(KANALEN).get(nu.voorkeurskanaal, ""),
        LABELS[Voorkeursoort.TAAL]: taal(nu.voorkeurstaal) if nu.voorkeurstaal else "",
    }
    regels = [f"{label}: {waarde}" for label, waarde in waarden.items() if waarde]
    return "\n".join(regels) or gettext("Zoals altijd")
