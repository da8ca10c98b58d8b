"""Hoe de klant genoemd wil worden."""

from django.db import models

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant


class Naam(MetHerkomst):
    """BREG2: eigen keuze; `functie` en `bedrijfsnaam` horen bij het contactpunt van een bedrijf."""

    klant = models.OneToOneField(Klant, models.CASCADE, related_name="naam")
    waarde = models.CharField(max_length=200)
    functie = models.CharField(max_length=200, blank=True)
    bedrijfsnaam = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return "naam"

    def tekst(self) -> str:
        """Return the value as history and export show it."""
        return ", ".join(deel for deel in (self.waarde, self.functie, self.bedrijfsnaam) if deel)
