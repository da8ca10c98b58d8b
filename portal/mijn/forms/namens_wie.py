"""Kiezen namens wie iemand met eHerkenning handelt: het hele bedrijf, of een vestiging ervan."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.inlog import Inlog
from portal.mijn.opmaak import eigen, opgemaakt
from portal.registers.kvk import Vestiging

BEDRIJF = "bedrijf"
LIJST_VANAF = 12
"""Bij meer keuzes dan dit is het een keuzelijst: die leest en bedient men dan sneller."""
KIES = gettext_lazy("Kies namens wie u wilt handelen.")


class NamensFormulier(forms.Form):
    """Eén keuze; alleen wat het register als vestiging van dit bedrijf noemt is er een."""

    wie = forms.ChoiceField(
        label=gettext_lazy("Namens wie wilt u handelen?"),
        widget=forms.RadioSelect,
        error_messages={"required": KIES, "invalid_choice": KIES},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, inlog: Inlog, vestigingen: Sequence[Vestiging]
    ) -> None:
        self.vestigingen = {v.identiteit.onthul(): v for v in _met_huidige(inlog, vestigingen)}
        nu = inlog.identiteit.onthul() if inlog.vestiging_gekozen else BEDRIJF
        super().__init__(data, initial={"wie": nu})
        veld = self.fields["wie"]
        lijst = len(self.vestigingen) >= LIJST_VANAF
        if lijst:  # an option holds no HTML
            veld.widget = forms.Select(attrs={"translate": "no", "dir": "auto"})
        schrijf = str if lijst else eigen
        heel = _("Het hele bedrijf (KVK %s), met alle vestigingen") % inlog.ingelogd_als.onthul()
        veld.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (BEDRIJF, heel),
            *((nummer, _tekst(v, nummer, schrijf)) for nummer, v in self.vestigingen.items()),
        ]

    def gekozen(self) -> Vestiging | None:
        """De gekozen vestiging; None voor het hele bedrijf."""
        return self.vestigingen.get(self.cleaned_data["wie"])


def _met_huidige(inlog: Inlog, vestigingen: Sequence[Vestiging]) -> list[Vestiging]:
    """Wie al voor een vestiging handelt kan dat blijven doen als het register niets zegt."""
    bekend = any(v.identiteit == inlog.identiteit for v in vestigingen)
    if not inlog.vestiging_gekozen or bekend:
        return list(vestigingen)
    return [Vestiging(identiteit=inlog.identiteit, naam=""), *vestigingen]


def _tekst(vestiging: Vestiging, nummer: str, schrijf: Callable[[str], str]) -> str:
    naam = f"{vestiging.naam or _('Vestiging')} ({nummer})"
    waar = schrijf(f"{naam}, {vestiging.adres}" if vestiging.adres else naam)
    return opgemaakt("{}, {}", waar, _("hoofdvestiging")) if vestiging.hoofd else waar
