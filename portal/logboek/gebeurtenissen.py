"""Elke wijziging van een klant staat ook in het logboek, in de transactie van de handeling."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from portal.klanten import regels
from portal.klanten.models import Gebeurtenis
from portal.logboek.activiteiten import Activiteit
from portal.logboek.models import Pseudoniem
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast

BIJ_SOORT = {
    Gebeurtenis.Soort.AANGEMAAKT: Activiteit.REGISTREREN,
    Gebeurtenis.Soort.GEWIJZIGD: Activiteit.WIJZIGEN,
    Gebeurtenis.Soort.BEVESTIGD: Activiteit.BEVESTIGEN,
    Gebeurtenis.Soort.GECLAIMD: Activiteit.CLAIMEN,
    Gebeurtenis.Soort.VERWIJDERD: Activiteit.VERWIJDEREN,
    Gebeurtenis.Soort.MELDING_ONTVANGEN: Activiteit.TERUGMELDEN,
}
NAAM = gettext_noop("Klantgegevens bijgewerkt")
NAAM_BIJ = {Activiteit.TERUGMELDEN: gettext_noop("Fout in een basisregistratie gemeld")}
"""Who reports an error in a register changes nothing of the klant."""

DOEL_BIJ = {
    regels.VANZELF: gettext_noop("Vanzelf, volgens de bewaartermijn of bedenktijd"),
    regels.OVERGENOMEN: gettext_noop("Overgenomen uit een ander portaal"),
}
"""What the municipality does without anyone asking has a purpose to show."""


def leg_handeling_vast(gebeurtenis: Gebeurtenis) -> None:
    """P11: één regel bij elke Gebeurtenis van een klant; na verwijderen is hij van niemand meer."""
    activiteit = BIJ_SOORT.get(Gebeurtenis.Soort(gebeurtenis.soort))
    if activiteit is None:
        return
    leg_gebruik_vast(
        [gebeurtenis.onderwerp],
        gebruik=Gebruik(
            activiteit=activiteit,
            naam=NAAM_BIJ.get(activiteit, NAAM),
            gegevens=gebeurtenis.velden,
            doel=DOEL_BIJ.get(gebeurtenis.middel, ""),
            eigen=gebeurtenis.middel not in {regels.VAN_SYSTEEM, *DOEL_BIJ},
        ),
        door=_door(gebeurtenis),
        op=gebeurtenis.gebeurd_op,
    )
    if activiteit is Activiteit.VERWIJDEREN:
        vernietig_sleutels([gebeurtenis.onderwerp], gebeurtenis.gebeurd_op)


def _door(gebeurtenis: Gebeurtenis) -> Gebruiker:
    """Whose system did it: the klant sees that where a department would stand; no name of a person.

    What the klant did needs no name; what happens by itself is done by the municipality.
    """
    organisatie = gebeurtenis.bronorganisatie
    match gebeurtenis.middel:
        case regels.VAN_SYSTEEM:
            return Gebruiker(organisatie=organisatie, afdeling=gebeurtenis.handelende)
        case regels.VANZELF | regels.OVERGENOMEN:
            return Gebruiker(organisatie=organisatie, naam=settings.ORGANISATIE_NAAM)
    return Gebruiker(organisatie=organisatie)


def vernietig_sleutels(onderwerpen: Collection[UUID], op: datetime) -> None:
    """C9: zonder sleutel hoort geen regel, ook geen latere, nog bij deze klant of melding."""
    for onderwerp in onderwerpen:
        Pseudoniem.objects.update_or_create(
            klant=onderwerp, defaults={"sleutel": None, "vernietigd_op": op}
        )
