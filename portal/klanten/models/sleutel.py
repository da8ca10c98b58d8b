"""De eenmalige sleutel van een formulier: twee keer versturen verandert één keer iets."""

import uuid

from django.db import models


class Handelingsleutel(models.Model):
    """Welke uitkomst hoort bij een formulier dat al eens verstuurd is; een dag bewaard.

    `inhoud` is a keyed digest of what was sent, so the same key with other content is refused.
    """

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4)
    handeling = models.CharField(max_length=40)
    inhoud = models.CharField(max_length=64)
    klant = models.UUIDField(null=True)
    waarde = models.UUIDField(null=True)
    versie = models.PositiveIntegerField(null=True)
    gewijzigd = models.BooleanField(default=True)
    gebruikt_op = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["gebruikt_op"], name="handelingsleutel_op")]

    def __str__(self) -> str:
        return self.handeling
