"""Wat een mens aan de bezorging deed, en waarom."""

from django.db import models
from django.db.models import Q

from portal.webhooks.models.abonnement import Abonnement
from portal.webhooks.models.bezorging import Bezorging


class Beheerhandeling(models.Model):
    """Eén handeling van een beheerder; zonder reden bestaat zij niet.

    `wie` is the key of an account, the name of a client of the API, or `opdrachtregel`
    with who said to be behind it.
    """

    class Soort(models.TextChoices):
        GEMAAKT = "gemaakt"
        GEWIJZIGD = "gewijzigd"
        BEVESTIGD = "bevestigd"
        GEPAUZEERD = "gepauzeerd"
        HERVAT = "hervat"
        OVERGESLAGEN = "overgeslagen"
        HERHAALD = "herhaald"
        NU_GEPROBEERD = "nu_geprobeerd"
        GEROTEERD = "geroteerd"
        GELEKT = "gelekt"
        GETEST = "getest"
        INGETROKKEN = "ingetrokken"
        INFORMATIERIJK_AAN = "informatierijk_aan"
        INFORMATIERIJK_UIT = "informatierijk_uit"

    wie = models.CharField(max_length=100)
    op = models.DateTimeField()
    soort = models.CharField(max_length=20, choices=Soort.choices)
    abonnement = models.ForeignKey(Abonnement, models.PROTECT, related_name="beheerhandelingen")
    bezorging = models.ForeignKey(
        Bezorging, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    onderwerp = models.UUIDField(null=True, blank=True)
    reden = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "beheerhandelingen"
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="elke_beheerhandeling_heeft_reden")
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.op:%d-%m-%Y %H:%M}"
