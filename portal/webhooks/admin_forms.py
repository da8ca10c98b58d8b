"""De formulieren van het beheerscherm: een abonnement, en een handeling met haar reden."""

import datetime as dt
import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import RegelGeschonden, Subjectsoort
from portal.webhooks import beheer
from portal.webhooks.abonnementgegevens import INLOGVELDEN, Abonnementgegevens, eis_bruikbaar
from portal.webhooks.bestemming import eis_url
from portal.webhooks.models import Abonnement

HANDELINGEN = [
    ("", "kies een handeling"),  # never one by accident
    ("geef_hand", _("handdruk en testbericht, daarna actief")),
    ("bevestig", _("met de hand bevestigen (noem de afspraak)")),
    ("stuur_test", _("testbericht sturen")),
    ("pauzeer", _("pauzeren")),
    ("hervat", _("hervatten")),
    ("probeer_nu", _("nu proberen")),
    ("sla_over", _("voorste bericht van een klant overslaan")),
    ("herhaal_een", _("één bericht van een klant nog eens sturen")),
    ("herhaal_onderwerp", _("alles van een klant nog eens sturen")),
    ("herhaal_sinds", _("alles vanaf een moment nog eens sturen")),
    ("roteer", _("geheim wisselen (oud nog 24 uur)")),
    ("meld_gelekt", _("geheim is gelekt (oud stopt nu)")),
    ("informatierijk_aan", _("informatierijk aan, voor een doel")),
    ("informatierijk_uit", _("informatierijk uit")),
    ("trek_in", _("intrekken: open berichten gaan niet meer")),
]


KEUZES = [
    "naam", "contact", "url", "soorten", "subjectsoorten", "vorm", "inlogwijze", "eigen_ca",
    "gelijktijdig", "per_minuut", "wachttijd",
]  # fmt: skip


class AbonnementForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Wat een beheerder kiest; de inloggegevens gaan verzegeld weg en komen nooit terug."""

    soorten = forms.MultipleChoiceField(
        label="soorten gebeurtenissen",
        help_text="Houd Ctrl ingedrukt om er meer te kiezen.",
        choices=Gebeurtenis.Soort.choices,
        initial=list(Gebeurtenis.Soort.values),
    )
    subjectsoorten = forms.MultipleChoiceField(
        label="soorten klanten",
        help_text="Niets gekozen: alle.",
        choices=[(s.value, s.value.replace("_", " ")) for s in Subjectsoort],
        required=False,
    )
    inlog = forms.CharField(
        label=_("inloggegevens (JSON)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Leeg laten om te houden wat er staat. Zie docs/webhooks.md."),
    )
    reden = forms.CharField(max_length=300, label=_("reden"))

    class Meta:
        model = Abonnement
        fields = KEUZES
        labels = {
            "url": "adres (https)",
            "gelijktijdig": "berichten tegelijk",
            "per_minuut": "hooguit per minuut",
            "wachttijd": "wachttijd (seconden)",
        }
        help_texts = {
            "url": "Een ander adres vraagt een nieuwe handdruk; tot dan gaat er niets heen.",
            "gelijktijdig": "1 tot 20, van verschillende klanten; per klant gaat het op volgorde.",
            "per_minuut": "Leeg: geen grens.",
            "wachttijd": "1 tot 15. Duurt een bericht langer, dan proberen wij het later opnieuw.",
        }

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            eis_url(url)
        except RegelGeschonden as fout:
            raise forms.ValidationError(fout.melding) from fout
        return url

    def clean_inlog(self) -> dict[str, str]:
        try:
            gelezen = json.loads(self.cleaned_data["inlog"] or "{}")
        except ValueError as fout:
            raise forms.ValidationError(_("Dit is geen JSON.")) from fout
        if not isinstance(gelezen, dict):
            raise forms.ValidationError(_("Schrijf een JSON-object."))
        return {str(naam): str(waarde) for naam, waarde in gelezen.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        inlog, wijze = data.get("inlog") or {}, data.get("inlogwijze")
        mist = INLOGVELDEN.get(wijze or "", set()) - set(inlog)
        gehouden = self.instance.pk and self.instance.inlogwijze == wijze and not inlog
        if mist and not gehouden and not self.errors:
            self.add_error("inlog", _("Er ontbreekt: %s") % ", ".join(sorted(mist)))
        if not self.errors:
            try:
                eis_bruikbaar(self.gegevens())
            except RegelGeschonden as fout:
                self.add_error(fout.veld if fout.veld in self.fields else "inlog", fout.melding)
        return data

    def gegevens(self) -> Abonnementgegevens:
        """De keuze als waarde voor beheer."""
        data = self.cleaned_data
        return Abonnementgegevens(
            bronorganisatie=self.instance.bronorganisatie or settings.ORGANISATIE_RSIN,
            inlog=data["inlog"],
            **{naam: data[naam] for naam in KEUZES},
        )


class HandelingForm(forms.Form):
    """Eén handeling met haar reden; de andere velden alleen waar zij bij horen."""

    handeling = forms.ChoiceField(choices=HANDELINGEN, label=_("handeling"))
    reden = forms.CharField(max_length=300, label=_("reden"))
    onderwerp = forms.UUIDField(
        required=False,
        label=_("klant (uuid)"),
        help_text="bij overslaan, en bij een of alles van een klant nog eens",
    )
    volgnummer = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2_147_483_647,
        label=_("nummer van het bericht"),
        help_text=_("bij één bericht nog eens: zijn sequence"),
    )
    moment = forms.DateTimeField(
        required=False, label=_("moment"), help_text=_("einde van de pauze, of herhalen vanaf")
    )
    doel = forms.ChoiceField(required=False, label=_("doel"))
    open_gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doelen = forms.ChoiceField(
            required=False,
            label=_("doel"),
            choices=[("", "-"), *((naam, naam) for naam in settings.DOELEN)],
            help_text="bij informatierijk aan",
        )
        self.fields["doel"] = doelen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        nodig = {
            "sla_over": ["onderwerp"],
            "herhaal_een": ["onderwerp", "volgnummer"],
            "herhaal_onderwerp": ["onderwerp"],
            "herhaal_sinds": ["moment"],
            "informatierijk_aan": ["doel"],
        }.get(data.get("handeling", ""), [])
        for veld in nodig:
            if not data.get(veld) and veld not in self.errors:
                self.add_error(veld, _("Dit is nodig voor deze handeling."))
        return data

    def door(self, wie: str) -> beheer.Door:
        """Wie, waarom en wanneer."""
        nu: dt.datetime = timezone.now()
        return beheer.Door(wie=wie, reden=self.cleaned_data["reden"], op=nu)
