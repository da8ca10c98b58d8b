"""Een melding of vraag: waarover, en alleen als iemand dat wil een naam en één adres."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.klanten import handelingen
from portal.klanten.models import Klant
from portal.klanten.regels import (
    HoudOpDeHoogte,
    Interactiesoort,
    NieuwEmail,
    NieuwTelefoon,
    OngeldigeWaarde,
)
from portal.mijn.forms.eenmalig import NOG_EENS, OPNIEUW, EenmaligFormulier
from portal.mijn.forms.velden import Code, Regel, Tekst

KIES = _("Kies waarover het gaat.")
BEREIK_FOUT = _(
    "Hierop kunnen wij u niet bereiken. Vul een e-mailadres of een telefoonnummer in. "
    "Bijvoorbeeld naam@example.org of 06 12 34 56 78."
)
NAAM_ERBIJ = _("Vul ook uw voornaam in. Bijvoorbeeld Mina.")
BEREIK_ERBIJ = _("Vul ook een e-mailadres of telefoonnummer in.")
TE_VEEL = _(
    "Er zijn te veel meldingen achter elkaar verstuurd. Wat u invulde, staat er nog. "
    "Probeer het over 10 minuten opnieuw, of bel %(nummer)s."
)
SOORTEN = [
    (Interactiesoort.MELDING.value, _("Ik wil iets melden")),
    (Interactiesoort.VRAAG.value, _("Ik heb een vraag")),
]


class MeldingFormulier(forms.Form):
    """MIN-3: wie op de hoogte wil blijven geeft een voornaam en één adres, en anders niets."""

    soort = forms.ChoiceField(
        choices=SOORTEN,
        widget=forms.RadioSelect,
        initial=Interactiesoort.MELDING.value,
        label=_("Wat wilt u doen?"),
        error_messages={"required": KIES, "invalid_choice": KIES},
    )
    proces = forms.ChoiceField(
        label=_("Waarover gaat het?"), error_messages={"required": KIES, "invalid_choice": KIES}
    )
    tekst = Tekst(
        hooguit=handelingen.TEKST_HOOGUIT,
        required=False,
        label=_("Wat wilt u melden of vragen?"),
        help_text=_("Zet hier geen burgerservicenummer in."),
    )
    voornaam = Regel(
        hooguit=200,
        required=False,
        label=_("Uw voornaam"),
        help_text=_("Alleen als u wilt dat wij u op de hoogte houden."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    bereik = Regel(
        hooguit=254,
        required=False,
        label=_("Uw e-mailadres of telefoonnummer"),
        help_text=_("Eén is genoeg. Wij gebruiken het alleen voor deze melding."),
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": OPNIEUW})

    def __init__(self, *args: Any, processen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proces"].choices = [("", _("Kies een onderwerp")), *processen]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Naam en adres horen bij elkaar: allebei of geen van beide."""
        gegevens = super().clean() or self.cleaned_data
        naam, bereik = gegevens.get("voornaam", ""), gegevens.get("bereik", "")
        naam = "" if naam.isspace() else naam
        if bereik and not naam and "voornaam" not in self.errors:
            self.add_error("voornaam", NAAM_ERBIJ)
        if naam and not bereik and "bereik" not in self.errors:
            self.add_error("bereik", BEREIK_ERBIJ)
        adres = self._maak_adres(bereik) if bereik else None
        self.contact = HoudOpDeHoogte(naam, adres) if adres and not self.errors else None
        return gegevens

    def _maak_adres(self, bereik: str) -> NieuwEmail | NieuwTelefoon | None:
        try:
            return NieuwEmail(bereik) if "@" in bereik else NieuwTelefoon(bereik)
        except OngeldigeWaarde:
            self.add_error("bereik", BEREIK_FOUT)
            return None

    contact: HoudOpDeHoogte | None = None
    te_veel = False

    def meld_te_veel(self, nummer: str) -> None:
        """Vandaar zijn er te veel verstuurd; wat hier getypt is, blijft staan."""
        self.te_veel = True
        self.add_error(None, TE_VEEL % {"nummer": nummer})

    def meld_al_verstuurd(self) -> None:
        """De sleutel is gebruikt voor een andere melding; nog eens versturen is er nog een."""
        self.add_error(None, NOG_EENS)
        self.data = {**dict(self.data.items()), "sleutel": str(uuid.uuid4())}


class ReferentieFormulier(forms.Form):
    """Stap 1 van koppelen: het kenmerk van de melding."""

    referentie = Regel(
        hooguit=20,
        leeg=_("Vul het kenmerk in. Het staat op het scherm of in het bericht van uw melding."),
        label=_("Kenmerk van uw melding"),
        help_text=_("10 tekens. Bijvoorbeeld 4K7RT2MX9B."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ClaimcodeFormulier(forms.Form):
    """Stap 2 van koppelen: de code die naar het achtergelaten adres ging."""

    code = Code(label=_("Code"), help_text=_("6 cijfers. De code werkt 10 minuten."))


class HoudFormulier(EenmaligFormulier):
    """Stap 3 van koppelen: welke waarden kloppen en mee mogen."""

    houd = forms.MultipleChoiceField(
        required=False,
        label=_("Welke gegevens kloppen?"),
        help_text=_("Wat u hier niet aankruist, bewaren wij niet."),
        widget=forms.CheckboxSelectMultiple,
    )

    def bied_aan(self, waarden: list[tuple[str, str]]) -> None:
        """Dit is er te kiezen, als (id, omschrijving)."""
        self.fields["houd"].choices = waarden  # type: ignore[attr-defined]  # a MultipleChoiceField

    def begin_opnieuw(self, klant: Klant | None, *, sleutel: uuid.UUID) -> None:
        """Wat er staat is anders dan de mens zag: ook de vinkjes beginnen opnieuw."""
        super().begin_opnieuw(klant, sleutel=sleutel)
        self.data = {naam: waarde for naam, waarde in self.data.items() if naam != "houd"}
