"""Wat een klant zelf doet staat ook in het logboek, in de transactie van de handeling."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop

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
            eigen=True,
        ),
        door=Gebruiker(organisatie=gebeurtenis.bronorganisatie),
        op=gebeurtenis.gebeurd_op,
    )
    if activiteit is Activiteit.VERWIJDEREN:
        vernietig_sleutels([gebeurtenis.onderwerp], gebeurtenis.gebeurd_op)


def vernietig_sleutels(onderwerpen: Collection[UUID], op: datetime) -> None:
    """C9: zonder sleutel hoort geen regel, ook geen latere, nog bij deze klant of melding."""
    for onderwerp in onderwerpen:
        Pseudoniem.objects.update_or_create(
            klant=onderwerp, defaults={"sleutel": None, "vernietigd_op": op}
        )
