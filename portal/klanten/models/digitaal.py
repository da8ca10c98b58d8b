"""E-mailadressen en telefoonnummers van een klant."""

from typing import Self

from django.db import models
from django.db.models import Q

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant
from portal.klanten.regels import Contactsoort, Stand


class DigitaalAdresQuerySet(models.QuerySet["DigitaalAdres"]):
    def in_gebruik(self) -> Self:
        return self.filter(stand=Stand.IN_GEBRUIK)


class DigitaalAdres(MetHerkomst):
    """Een e-mailadres of telefoonnummer; pas in gebruik als bevestigd is dat het van de klant is.

    `vervangt` is the address that this proposal takes the place of once confirmed. `standaard`: the
    one of its kind that systems get first.
    """

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="digitale_adressen")
    soort = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Contactsoort])
    waarde = models.CharField(max_length=254)
    omschrijving = models.CharField(max_length=40, blank=True)
    standaard = models.BooleanField(default=False)
    stand = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stand])
    vervangt = models.OneToOneField("self", models.SET_NULL, null=True, related_name="voorstel")
    bevestigd_op = models.DateTimeField(null=True)
    bevestigd_wijze = models.CharField(max_length=20, blank=True)

    objects = DigitaalAdresQuerySet.as_manager()

    class Meta(MetHerkomst.Meta):
        ordering = ["soort", "-standaard", "gegeven_op", "id"]
        constraints = [
            *MetHerkomst.Meta.constraints,
            models.UniqueConstraint(
                fields=["klant", "soort"],
                condition=Q(standaard=True),
                name="een_standaard_per_soort",
            ),
            models.CheckConstraint(
                condition=Q(standaard=False) | Q(stand=Stand.IN_GEBRUIK.value),
                name="standaard_is_in_gebruik",
            ),
            models.CheckConstraint(
                condition=Q(stand=Stand.IN_GEBRUIK.value, vervangt=None)
                | Q(stand=Stand.VOORGESTELD.value, bevestigd_op=None),
                name="voorstel_is_niet_bevestigd",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gegeven_op"],
                condition=Q(stand=Stand.VOORGESTELD.value),
                name="voorstel_vervalt",
            )
        ]

    def __str__(self) -> str:
        return self.soort

    def tekst(self) -> str:
        """Return the value as history and export show it."""
        return self.waarde
