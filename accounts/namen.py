"""What a level and a means are called in texts for people; the scale itself is accounts.niveaus."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.inlog import Inlog
from accounts.niveaus import Niveau
from accounts.providers import Aanbieder, aanbieders
from accounts.sessie import eis_voor

NIVEAUS: dict[str, dict[Niveau, str]] = {
    "digid": {
        Niveau.BASIS: gettext_noop("DigiD met alleen een wachtwoord"),
        Niveau.MIDDEN: gettext_noop("de DigiD app of een sms-code"),
        Niveau.SUBSTANTIEEL: gettext_noop("de DigiD app met ID-check"),
        Niveau.HOOG: gettext_noop("de DigiD app met identiteitskaart of rijbewijs"),
    },
    "eherkenning": {
        Niveau.BASIS: gettext_noop("eHerkenning niveau 1"),
        Niveau.LAAG: gettext_noop("eHerkenning niveau 2"),
        Niveau.MIDDEN: gettext_noop("eHerkenning niveau 2+"),
        Niveau.SUBSTANTIEEL: gettext_noop("eHerkenning niveau 3"),
        Niveau.HOOG: gettext_noop("eHerkenning niveau 4"),
    },
    "eidas": {
        Niveau.LAAG: gettext_noop("een Europees inlogmiddel met niveau laag"),
        Niveau.SUBSTANTIEEL: gettext_noop("een Europees inlogmiddel met niveau substantieel"),
        Niveau.HOOG: gettext_noop("een Europees inlogmiddel met niveau hoog"),
    },
}

HANDELINGEN = {
    "inzien": gettext_noop("uw gegevens bekijken"),
    "naam": gettext_noop("uw naam wijzigen"),
    "postadres": gettext_noop("uw postadres wijzigen"),
    "contactgegevens": gettext_noop("uw contactgegevens wijzigen"),
    "voorkeuren": gettext_noop("uw voorkeuren wijzigen"),
    "rekeningnummer": gettext_noop("uw rekeningnummer wijzigen"),
    "contactpunt": gettext_noop("een contactpunt wijzigen"),
    "bevestigen": gettext_noop("uw contactgegevens bevestigen"),
    "claimen": gettext_noop("een eerdere melding bij uw gegevens zetten"),
    "exporteren": gettext_noop("uw gegevens downloaden"),
    "verwijderen": gettext_noop("uw gegevens verwijderen"),
    "terugmelden": gettext_noop("een fout doorgeven"),
    "overrulen": gettext_noop("voor één keer andere gegevens doorgeven"),
    "herstellen": gettext_noop("een eerdere waarde terugzetten"),
    "beveiliging": gettext_noop("zien wanneer u inlogde"),
}


MIDDELEN = {
    "digid": "DigiD",
    "eherkenning": "eHerkenning",
    "eidas": "eIDAS",
    "medewerker": gettext_noop("medewerkersaccount"),
}


def middel_naam(middel: str) -> str:
    """How people know a means."""
    return _(MIDDELEN[middel]) if middel in MIDDELEN else middel


def niveau_naam(middel: str, niveau: Niveau) -> str:
    """How people know this level at this means: "de DigiD app met ID-check"."""
    namen = NIVEAUS.get(middel, {})
    hoger = [n for n in namen if n >= niveau]
    return _(namen[min(hoger)]) if hoger else ""


def handeling_naam(handeling: str) -> str:
    """What somebody wants to do, to follow "U wilt "."""
    return _(HANDELINGEN[handeling])


def middelen_voor(handeling: str, inlog: Inlog) -> list[Aanbieder]:
    """The providers of this login's means that reach the level of the act.

    Who acts for another logs in for that other again: a way that leads to oneself is none.
    """
    niveau = eis_voor(handeling).niveau
    return [
        a
        for a in aanbieders().values()
        if a.te_vragen(niveau)
        and a.middel == inlog.middel != "medewerker"
        and (a.vertegenwoordiging == "machtigen") is inlog.machtiging
    ]


def nodig(middel: str) -> str:
    """The lowest level of this means with which one can do anything here."""
    laagste = min(Niveau(eis["niveau"]) for eis in settings.INLOG_HANDELINGEN.values())
    return niveau_naam(middel, laagste)
