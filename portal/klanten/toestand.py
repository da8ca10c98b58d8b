"""Wat de beheerder van klantgegevens moet weten: wat blijft omdat niemand het afsluit."""

from datetime import datetime

from django.conf import settings

from portal.klanten.bevindingen import Bevinding
from portal.klanten.models import Interactie
from portal.klanten.models.interactie import InteractieQuerySet


def te_lang_open(op: datetime) -> InteractieQuerySet:
    """USE-8: de meldingen en vragen waar op `op` gegevens aan hangen die niemand laat gaan."""
    return Interactie.objects.vergeten(op - settings.KLANTEN_TE_LANG_OPEN)


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """How many there are; which kinds stands in the management site."""
    aantal = te_lang_open(op).count()
    if not aantal:
        return {}
    dagen = settings.KLANTEN_TE_LANG_OPEN.days
    zin = f"{aantal} meldingen of vragen met gegevens staan langer dan {dagen} dagen open"
    doe = (
        "laat het systeem dat ze behandelt ze afsluiten (POST /api/v1/interacties/{id}/_sluit);"
        " om welke processen het gaat staat in het beheer bij Processen"
    )
    return {"te lang open": Bevinding(zin=zin, doe=doe)}
