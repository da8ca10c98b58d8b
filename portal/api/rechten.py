"""Wat een token kan mogen: scopes, velden en de doelen uit de lijst van de gemeente."""

from enum import StrEnum

from django.conf import settings


class Scope(StrEnum):
    """Eén recht; de eigen API en het koppelvlak van de standaard hebben elk hun namen."""

    KLANTEN_LEZEN = "klanten.lezen"
    KLANTEN_AANMAKEN = "klanten.aanmaken"
    KLANTEN_BIJWERKEN = "klanten.bijwerken"
    KLANTEN_VERWIJDEREN = "klanten.verwijderen"
    AUDITTRAILS_LEZEN = "audittrails.lezen"
    KLANTBEELD_LEZEN = "klantbeeld.lezen"
    INTERACTIES_LEZEN = "interacties.lezen"
    INTERACTIES_SCHRIJVEN = "interacties.schrijven"
    BEWAARGRONDEN_LEZEN = "bewaargronden.lezen"
    BEWAARGRONDEN_SCHRIJVEN = "bewaargronden.schrijven"
    TERUGMELDINGEN_LEZEN = "terugmeldingen.lezen"
    TERUGMELDINGEN_SCHRIJVEN = "terugmeldingen.schrijven"
    WIJZIGINGEN_LEZEN = "wijzigingen.lezen"
    ABONNEMENTEN_BEHEREN = "abonnementen.beheren"
    NOTIFICATIES_CONSUMEREN = "notificaties.consumeren"


class Veld(StrEnum):
    """Een soort klantgegeven waar een token wel of niet bij mag."""

    NAAM = "naam"
    EMAIL = "email"
    TELEFOON = "telefoon"
    POSTADRES = "postadres"
    REKENINGNUMMER = "rekeningnummer"
    VOORKEUREN = "voorkeuren"
    SUBJECTNUMMER = "subjectnummer"
    INTERACTIES = "interacties"
    TERUGMELDING = "terugmelding"


def velden_bij(doel: str) -> frozenset[str]:
    """Het meeste dat voor dit doel mag; leeg als het doel niet in de lijst staat."""
    return frozenset(settings.DOELEN.get(doel, {}).get("velden", ()))


def omschrijving(doel: str) -> str:
    """Het doel zoals de klant het leest."""
    return str(settings.DOELEN[doel]["omschrijving"])
