"""Wie wiens gegevens gebruikte: één regel per persoon, per dag aan elkaar geketend.

Fields follow Logboek Dataverwerkingen; the order and the hashes are set by the database
(migration 0002), not by Python: whoever inserts a line, by any road, is chained.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Pseudoniem(models.Model):
    """De sleutel waarmee de regels van één klant te vinden zijn; gaat met de klant weg (C9).

    `klant` is no foreign key: a row with an empty key stays behind, so that a late line about a
    deleted klant is never tied to it again.
    """

    klant = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sleutel = models.BinaryField(null=True, max_length=32)
    vernietigd_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sleutel__isnull=False, vernietigd_op__isnull=True)
                | models.Q(sleutel__isnull=True, vernietigd_op__isnull=False),
                name="sleutel_of_vernietigd",
            )
        ]

    def __str__(self) -> str:
        return "pseudoniem"


class Kop(models.Model):
    """De laatste schakel van een dag; blijft staan als de regels van die dag zijn opgeruimd."""

    organisatie = models.CharField(max_length=9)
    dag = models.DateField()
    aantal = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)
    opgeruimd_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisatie", "dag"], name="een_keten_per_dag")
        ]

    def __str__(self) -> str:
        return f"keten {self.organisatie} {self.dag}"


class Logregel(models.Model):
    """Eén gebruik van de gegevens van één persoon; nooit een nummer, een waarde of een mens."""

    class Status(models.TextChoices):
        UNSET = "Unset"
        OK = "Ok"
        ERROR = "Error"

    organisatie = models.CharField(max_length=9)
    dag = models.DateField()
    volgnummer = models.PositiveIntegerField()
    trace_id = models.BinaryField(max_length=16)
    span_id = models.BinaryField(max_length=8)
    parent_span_id = models.BinaryField(max_length=8, null=True)
    status = models.CharField(max_length=5, choices=Status.choices)
    naam = models.CharField(max_length=200)
    start_ms = models.BigIntegerField()
    eind_ms = models.BigIntegerField()
    activiteit = models.CharField(max_length=40)
    betrokkene = models.CharField(max_length=40)
    afnemer = models.CharField(max_length=200, blank=True)
    afdeling = models.CharField(max_length=200, blank=True)
    verwerker = models.CharField(max_length=200, blank=True)
    doel = models.CharField(max_length=200, blank=True)
    gegevens = ArrayField(models.CharField(max_length=40))
    eigen = models.BooleanField()
    vorige = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "dag", "volgnummer"], name="schakels_zonder_dubbelen"
            )
        ]
        indexes = [models.Index(fields=["betrokkene", "start_ms"], name="logregel_betrokkene")]

    def __str__(self) -> str:
        return f"{self.dag} {self.volgnummer}"
