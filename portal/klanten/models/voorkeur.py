"""Hoe en in welke taal de klant bericht wil krijgen."""

from django.db import models
from django.db.models import Q

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant
from portal.klanten.regels import Voorkeurskanaal, Voorkeursoort


class Voorkeur(MetHerkomst):
    """Eén keuze: de taal, of het kanaal voor één soort bericht."""

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="voorkeuren")
    soort = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Voorkeursoort])
    keuze = models.CharField(max_length=20)

    class Meta(MetHerkomst.Meta):
        ordering = ["soort"]
        constraints = [
            *MetHerkomst.Meta.constraints,
            models.UniqueConstraint(fields=["klant", "soort"], name="een_keuze_per_voorkeur"),
            models.CheckConstraint(
                condition=Q(soort=Voorkeursoort.TAAL.value, keuze__regex="^[a-z]{2,3}$")
                | ~Q(soort=Voorkeursoort.TAAL.value)
                & Q(keuze__in=[kanaal.value for kanaal in Voorkeurskanaal]),
                name="keuze_past_bij_voorkeur",
            ),
        ]

    def __str__(self) -> str:
        return self.soort

    def tekst(self) -> str:
        """Return the value as history and export show it."""
        return f"{self.soort}: {self.keuze}"
