"""What the portal remembers about its neighbours: how they are, never whom it asked about."""

from django.db import models


class Buurstand(models.Model):
    """The last known state of one neighbour; `reden` is empty when it answers well."""

    naam = models.CharField(max_length=30, primary_key=True)
    reden = models.CharField(max_length=30, blank=True)
    sinds = models.DateTimeField()

    def __str__(self) -> str:
        return self.naam
