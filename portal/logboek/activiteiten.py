"""Waarvoor gegevens van mensen verwerkt worden: de lijst uit het verwerkingenregister."""

from enum import StrEnum

from django.conf import settings


class Activiteit(StrEnum):
    """Eén verwerkingsactiviteit; de waarde is het laatste deel van haar URI in het register."""

    INZIEN = "inzien"
    REGISTREREN = "registreren"
    WIJZIGEN = "wijzigen"
    BEVESTIGEN = "bevestigen"
    VERWIJDEREN = "verwijderen"
    CLAIMEN = "claimen"
    EXPORTEREN = "exporteren"
    BRP_BEVRAGEN = "brp-bevragen"
    KVK_BEVRAGEN = "kvk-bevragen"
    VERSTREKKEN = "verstrekken"
    MELDEN = "melden"
    TERUGMELDEN = "terugmelden"


def uri(activiteit: str) -> str:
    """De URI van een activiteit in het verwerkingenregister van de gemeente."""
    return f"{settings.VERWERKINGENREGISTER_URL.rstrip('/')}/{activiteit}"
