"""Hoe een veld heet voor de klant; systemen gebruiken andere namen voor hetzelfde."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NAMEN = {
    "naam": gettext_noop("naam"),
    "postadres": gettext_noop("postadres"),
    "telefoon": gettext_noop("telefoonnummer"),
    "email": gettext_noop("e-mailadres"),
    "rekeningnummer": gettext_noop("rekeningnummer"),
    "voorkeuren": gettext_noop("contactvoorkeuren"),
    "verwijdering": gettext_noop("verwijdering"),
    "gevalideerd": gettext_noop("koppeling aan u"),
    "terugmelding": gettext_noop("uw melding over een basisregistratie"),
    "subjectnummer": gettext_noop("burgerservicenummer of nummer van het bedrijf"),
    "interacties": gettext_noop("uw meldingen en vragen"),
    "bewaargronden": gettext_noop("of een dossier gegevens vasthoudt"),
    "registeradres": gettext_noop("adres in een basisregistratie"),
}


def velden_in_woorden(velden: Iterable[str]) -> str:
    """Noem velden voor de klant, met komma's; een onbekende naam blijft zoals zij is."""
    namen = [_(NAMEN[veld]) if veld in NAMEN else veld for veld in velden]
    return ", ".join(dict.fromkeys(namen))
