"""Cijfers die de werkers optellen en het webproces toont."""

from django.db import models

from portal.webhooks.models.abonnement import Abonnement


class Teller(models.Model):
    """Eén cijfer; zonder `abonnement` van alle samen; `op`: laatst gestegen."""

    naam = models.CharField(max_length=40)
    abonnement = models.ForeignKey(Abonnement, models.CASCADE, null=True, db_index=False)
    label = models.CharField(max_length=40, blank=True)
    waarde = models.FloatField()
    op = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "tellers"
        constraints = [
            models.UniqueConstraint(
                fields=["naam", "abonnement", "label"],
                nulls_distinct=False,
                name="een_teller_per_naam",
            )
        ]

    def __str__(self) -> str:
        return f"{self.naam} {self.waarde}"
