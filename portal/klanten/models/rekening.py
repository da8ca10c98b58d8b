"""Waar geld van de gemeente heen mag."""

from django.db import models
from django.db.models import Q

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant
from portal.klanten.regels import Stand


class Rekeningnummer(MetHerkomst):
    """GEG1: hooguit één in gebruik en één dat wacht tot `ingaat_op` (afkoeling na wijziging)."""

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="rekeningnummers")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    tenaamstelling = models.CharField(max_length=140)
    stand = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stand])
    ingaat_op = models.DateTimeField()

    class Meta(MetHerkomst.Meta):
        ordering = ["stand", "id"]
        constraints = [
            *MetHerkomst.Meta.constraints,
            models.UniqueConstraint(fields=["klant", "stand"], name="een_rekening_per_stand"),
        ]
        indexes = [
            models.Index(
                fields=["ingaat_op"],
                condition=Q(stand=Stand.VOORGESTELD.value),
                name="rekening_gaat_in",
            )
        ]

    def __str__(self) -> str:
        return "rekeningnummer"

    def tekst(self) -> str:
        """Return the value as history and export show it."""
        return f"{self.iban}, {self.tenaamstelling}"
