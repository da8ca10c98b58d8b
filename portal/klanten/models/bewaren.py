"""Wat nog niet weg mag en waarom, en wat al gewist is."""

import datetime as dt
import hashlib
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.zegel import VerzegeldVeld
from portal.klanten.models.klant import Klant
from portal.klanten.regels import Bewaarreden


class BewaargrondQuerySet(models.QuerySet["Bewaargrond"]):
    def van_kracht(self, vandaag: dt.date) -> Self:
        """OWN-3: zonder einddatum, of met een einddatum die nog komt."""
        return self.filter(Q(tot=None) | Q(tot__gt=vandaag))


class Bewaargrond(models.Model):
    """KLUIT01: een dossier dat gegevens vasthoudt; `tot` is the first day without, or unknown.

    `bron` is "zaken" or the client that reported it, `kenmerk` the number of the zaak. Empty
    `velden` holds the whole klant.
    """

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="bewaargronden")
    bron = models.CharField(max_length=40)
    kenmerk = models.CharField(max_length=40)
    reden = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Bewaarreden])
    velden = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    tot = models.DateField(null=True)
    opgegeven_op = models.DateTimeField()

    objects = BewaargrondQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bewaargronden"
        constraints = [
            models.UniqueConstraint(
                fields=["klant", "bron", "kenmerk"], name="een_grond_per_dossier"
            )
        ]

    def __str__(self) -> str:
        return self.reden


class Bewaard(models.Model):
    """OWN-4: een verwijderde waarde die een dossier nog vasthoudt; verzegeld, en voor niets anders.

    It stands outside the tables of values, so no page, search or answer can use it by mistake.
    """

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="bewaarde_waarden")
    veld = models.CharField(max_length=40)
    waarde = VerzegeldVeld(doel="klanten.bewaard")
    sinds = models.DateTimeField()

    class Meta:
        verbose_name_plural = "bewaarde waarden"

    def __str__(self) -> str:
        return self.veld


class Wisgegevens(models.Model):
    """Wat gewist is, zodat het na terugzetten van een reservekopie gewist blijft.

    `afdruk` is the SHA-256 of a random uuid: it names nothing, and only finds what came back.
    """

    afdruk = models.CharField(max_length=64, primary_key=True)
    gewist_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "wisgegevens"
        indexes = [models.Index(fields=["gewist_op"], name="wisgegevens_op")]

    def __str__(self) -> str:
        return self.afdruk

    @staticmethod
    def afdruk_van(sleutel: UUID) -> str:
        """Return the digest under which the row with this id is erased."""
        return hashlib.sha256(sleutel.bytes).hexdigest()
