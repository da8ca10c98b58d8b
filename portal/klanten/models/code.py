"""Bewijs dat een adres van de klant is: codes, en de link "dit was ik niet"."""

import datetime as dt
import hashlib
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from portal.klanten.models.digitaal import DigitaalAdres
from portal.klanten.models.klant import Klant
from portal.klanten.regels import HOOGUIT_POGINGEN, Codedoel


def afdruk(soort: str, *delen: str) -> str:
    """Afdruk met sleutel: gelijk bij gelijke delen, en niet terug te rekenen of te raden."""
    return salted_hmac(f"klanten.{soort}", repr(delen), algorithm="sha256").hexdigest()


class CodeQuerySet(models.QuerySet["Code"]):
    def bruikbaar(self, op: dt.datetime) -> Self:
        """Niet verlopen, niet gebruikt en niet te vaak geprobeerd."""
        return self.filter(verloopt_op__gt=op, gebruikt_op=None, pogingen__lt=HOOGUIT_POGINGEN)


class Code(models.Model):
    """Een code voor één adres van één mens; alleen haar afdruk is bewaard, een dag lang.

    `mens` and `adres` are keyed digests, to count codes. `binding` is a digest of who may use it
    (for a claim also of the session). `bewezen_op`: the right code came, the claim may be finished.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    doel = models.CharField(max_length=12, choices=[(d.value, d.value) for d in Codedoel])
    waarde = models.ForeignKey(DigitaalAdres, models.SET_NULL, null=True, related_name="codes")
    mens = models.CharField(max_length=64)
    adres = models.CharField(max_length=64)
    binding = models.CharField(max_length=64)
    afdruk = models.CharField(max_length=64)
    pogingen = models.PositiveSmallIntegerField(default=0)
    gemaakt_op = models.DateTimeField()
    verloopt_op = models.DateTimeField()
    bewezen_op = models.DateTimeField(null=True)
    gebruikt_op = models.DateTimeField(null=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pogingen__lte=HOOGUIT_POGINGEN), name="hooguit_vijf_pogingen"
            )
        ]
        indexes = [
            models.Index(fields=["adres", "gemaakt_op"], name="code_per_adres"),
            models.Index(fields=["mens", "gemaakt_op"], name="code_per_mens"),
        ]

    def __str__(self) -> str:
        return self.doel


class HerstelQuerySet(models.QuerySet["Herstel"]):
    def met_token(self, token: str, op: dt.datetime) -> Self:
        """De link die bij dit token hoort, als zij nog werkt."""
        return self.filter(token_afdruk=Herstel.afdruk_van(token), verloopt_op__gt=op)


class Herstel(models.Model):
    """De vorige waarde van een adres, verzegeld, tien dagen terug te zetten met één link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    klant = models.ForeignKey(Klant, models.CASCADE, related_name="herstelbaar")
    waarde = models.UUIDField()
    soort = models.CharField(max_length=10)
    token_afdruk = models.CharField(max_length=64, unique=True)
    vorige_verzegeld = models.TextField()
    gemaakt_op = models.DateTimeField()
    verloopt_op = models.DateTimeField()

    objects = HerstelQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["verloopt_op"], name="herstel_verloopt")]

    def __str__(self) -> str:
        return self.soort

    @staticmethod
    def afdruk_van(token: str) -> str:
        """A token of 128 bits cannot be guessed, so a plain digest is enough."""
        return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
