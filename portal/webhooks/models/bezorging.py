"""Wat bezorgd moet worden, in welke volgorde, en wat er geprobeerd is."""

from django.db import models
from django.db.models import Q

from portal.klanten.models import Gebeurtenis
from portal.webhooks.models.abonnement import Abonnement


class Baan(models.Model):
    """De rij van één onderwerp voor één abonnement; haar rijslot geeft de nummers uit.

    `opnieuw_op` is when the head may be tried; `fouten` counts the refusals of the head itself,
    `geblokkeerd_sinds` is the first of those.
    """

    pk = models.CompositePrimaryKey("abonnement_id", "onderwerp")
    abonnement = models.ForeignKey(Abonnement, models.CASCADE, db_index=False)
    onderwerp = models.UUIDField()
    volgend_nummer = models.PositiveIntegerField()
    openstaand = models.IntegerField()
    opnieuw_op = models.DateTimeField()
    fouten = models.PositiveIntegerField(default=0, db_default=0)
    geblokkeerd_sinds = models.DateTimeField(null=True)
    uitgeput = models.BooleanField(default=False, db_default=False)
    laatste_fout = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        verbose_name_plural = "banen"
        constraints = [
            models.CheckConstraint(
                condition=Q(openstaand__gte=0), name="openstaand_is_nooit_negatief"
            )
        ]
        indexes = [
            models.Index(
                fields=["abonnement", "opnieuw_op"],
                condition=Q(openstaand__gt=0, uitgeput=False),
                name="banen_aan_de_beurt",
            ),
            models.Index(
                fields=["abonnement", "geblokkeerd_sinds"],
                condition=Q(geblokkeerd_sinds__isnull=False),
                name="geblokkeerde_banen",
            ),
        ]

    def __str__(self) -> str:
        return f"baan {self.onderwerp}"


class Bezorging(models.Model):
    """Eén bericht voor één abonnement; `gebeurtenis` is leeg bij een bericht over overslaan.

    `afgehandeld_op` is the moment of delivery, skip or withdrawal; `overgeslagen_op` belongs to a
    skip notice and is the moment in its body. `herhaling`: a person had it sent again.
    """

    class Stand(models.TextChoices):
        OPEN = "open"
        BEZORGD = "bezorgd"
        OVERGESLAGEN = "overgeslagen"
        INGETROKKEN = "ingetrokken"

    abonnement = models.ForeignKey(Abonnement, models.CASCADE, db_index=False)
    onderwerp = models.UUIDField()
    volgnummer = models.PositiveIntegerField()
    gebeurtenis = models.ForeignKey(Gebeurtenis, models.PROTECT, null=True, related_name="+")
    slaat_over = models.PositiveIntegerField(null=True)
    vorm = models.PositiveSmallIntegerField(default=1, db_default=1)
    stand = models.CharField(max_length=12, choices=Stand.choices)
    pogingen = models.PositiveIntegerField(default=0, db_default=0)
    laatste_status = models.PositiveSmallIntegerField(null=True)
    afgehandeld_op = models.DateTimeField(null=True)
    overgeslagen_op = models.DateTimeField(null=True)
    herhaling = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name_plural = "bezorgingen"
        constraints = [
            models.UniqueConstraint(
                fields=["abonnement", "onderwerp", "volgnummer"], name="een_nummer_per_baan"
            ),
            models.CheckConstraint(
                condition=Q(gebeurtenis__isnull=True) ^ Q(slaat_over__isnull=True),
                name="gebeurtenis_of_slaat_over",
            ),
        ]
        indexes = [
            models.Index(
                fields=["abonnement", "onderwerp", "volgnummer"],
                condition=Q(stand="open"),
                name="kop_van_de_baan",
            ),
            models.Index(
                fields=["afgehandeld_op"],
                condition=~Q(stand="open"),
                name="bezorging_op_te_ruimen",
            ),
        ]

    def __str__(self) -> str:
        return f"bezorging {self.pk}"


class Poging(models.Model):
    """Eén keer proberen en wat daarvan kwam; `antwoord` is afgekapt en alleen voor beheer."""

    bezorging = models.ForeignKey(Bezorging, models.CASCADE, related_name="gepoogd")
    op = models.DateTimeField()
    duur_ms = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    foutsoort = models.CharField(max_length=30, blank=True)
    antwoord = models.CharField(max_length=1000, blank=True)
    werker = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "pogingen"

    def __str__(self) -> str:
        return f"poging {self.pk}"
