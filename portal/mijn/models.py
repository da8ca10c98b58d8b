"""Wat de schermen zelf even bewaren: een gevraagd bestand, verzegeld, hooguit een dag."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Download(models.Model):
    """Een bestand met iemands gegevens; weg na een dag, of als de klant verwijderd wordt.

    `onderwerp` is the uuid of the klant, `account` the principal who asked. `inhoud_verzegeld` is
    base64 in a seal bound to the id. `voortgang` is a percentage.
    """

    class Vorm(models.TextChoices):
        PDF = "pdf", _("Pdf")
        JSON = "json", _("Bestand voor een computer (json)")
        CSV = "csv", _("Rekenblad (csv)")
        GEBRUIK = "gebruik", _("Wie gebruikte mijn gegevens (csv)")

    class Stand(models.TextChoices):
        BEZIG = "bezig"
        KLAAR = "klaar"
        MISLUKT = "mislukt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    onderwerp = models.UUIDField(db_index=True)
    account = models.CharField(max_length=100)
    vorm = models.CharField(max_length=7, choices=Vorm.choices)
    taal = models.CharField(max_length=2)
    stand = models.CharField(max_length=7, choices=Stand.choices, default=Stand.BEZIG)
    voortgang = models.PositiveSmallIntegerField(default=0)
    inhoud_verzegeld = models.TextField(blank=True)
    gevraagd_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)
    verloopt_op = models.DateTimeField()
    opgehaald_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(stand="bezig"), name="een_download_tegelijk"
            ),
            models.CheckConstraint(
                condition=~Q(stand="klaar") | ~Q(inhoud_verzegeld=""), name="klaar_heeft_inhoud"
            ),
        ]
        indexes = [models.Index(fields=["verloopt_op"], name="download_verloopt")]

    def __str__(self) -> str:
        return self.vorm
