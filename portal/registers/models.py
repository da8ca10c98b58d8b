"""What the portal remembers about its neighbours: how they are, never whom it asked about."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Buurstand(models.Model):
    """The last known state of one neighbour; `reden` is empty when it answers well."""

    naam = models.CharField(max_length=30, primary_key=True)
    reden = models.CharField(max_length=30, blank=True)
    sinds = models.DateTimeField()

    class Meta:
        verbose_name = "buur"
        verbose_name_plural = "buren"

    def __str__(self) -> str:
        return self.naam


class Bijwerking(models.Model):
    """De uitbak naar een buur: hiervan moet zij nog horen; de inhoud wordt pas dan gelezen.

    One row per neighbour and subject: whatever happened meanwhile, she hears the latest state.
    `sinds` is the first change that waits, `stempel` is new with each, `geclaimd_tot` says that a
    worker is at it.
    """

    buur = models.CharField(max_length=30)
    onderwerp = models.UUIDField()
    stempel = models.UUIDField(default=uuid.uuid4)
    pogingen = models.PositiveIntegerField(default=0)
    sinds = models.DateTimeField()
    na = models.DateTimeField()
    geclaimd_tot = models.DateTimeField(null=True)
    reden = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["buur", "onderwerp"], name="een_bijwerking_per_buur_en_onderwerp"
            )
        ]
        indexes = [models.Index(fields=["na"], name="bijwerking_na")]

    def __str__(self) -> str:
        return self.buur


class Koppeling(models.Model):
    """Welke partij van Open Klant bij welke klant hoort; alleen sleutels, geen gegevens.

    No foreign key: after the klant is gone we must still be able to clean up there. `eigen`: we
    made the partij. `versie`: the version of the klant that Open Klant has. `rekening` is the bank
    account there that is ours, `gezet` the fields of the partij that we filled: only those do we
    ever empty. `niet_gedragen` names what their fields cannot hold.
    """

    klant = models.UUIDField(primary_key=True)
    partij = models.UUIDField()
    eigen = models.BooleanField()
    versie = models.PositiveIntegerField(default=0)
    rekening = models.UUIDField(null=True)
    gezet = ArrayField(models.CharField(max_length=40), default=list)
    niet_gedragen = ArrayField(models.CharField(max_length=40), default=list)

    def __str__(self) -> str:
        return "koppeling"


class Afgewezen(models.Model):
    """Een voorstel uit Open Klant dat de klant niet wil: welk adres daar, en een afdruk ervan."""

    klant = models.UUIDField()
    adres = models.UUIDField()
    afdruk = models.CharField(max_length=32)
    op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["klant", "adres"], name="een_afwijzing_per_adres")
        ]

    def __str__(self) -> str:
        return "afgewezen"


class Ontvangen(models.Model):
    """Een notificatie die al verwerkt is: een afdruk, om haar geen tweede keer te verwerken."""

    afdruk = models.CharField(max_length=64, primary_key=True)
    op = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["op"], name="ontvangen_op")]

    def __str__(self) -> str:
        return "ontvangen"


class Publicatie(models.Model):
    """Waar een interactie van ons staat bij Contactmomenten of Verzoeken; alleen adressen."""

    interactie = models.UUIDField(primary_key=True)
    buur = models.CharField(max_length=30)
    url = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return self.buur
