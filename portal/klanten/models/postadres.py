"""Waar de klant post wil krijgen."""

import datetime as dt

from django.db import models
from django.db.models import Q

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant
from portal.klanten.regels import Adressoort, adresregels


class Postadres(MetHerkomst):
    """REG-4: voorkeurscorrespondentieadres; Nederlands met postcode en nummer, of regels met land.

    `huisnummer` also holds the number of a postbus or antwoordnummer; `geldig_tot` is exclusive.
    """

    klant = models.OneToOneField(Klant, models.CASCADE, related_name="postadres")
    soort = models.CharField(max_length=14, choices=[(s.value, s.value) for s in Adressoort])
    landcode = models.CharField(max_length=2)
    postcode = models.CharField(max_length=6, blank=True)
    huisnummer = models.PositiveIntegerField(null=True)
    huisletter = models.CharField(max_length=1, blank=True)
    toevoeging = models.CharField(max_length=4, blank=True)
    straat = models.CharField(max_length=80, blank=True)
    plaats = models.CharField(max_length=80, blank=True)
    regel1 = models.CharField(max_length=80, blank=True)
    regel2 = models.CharField(max_length=80, blank=True)
    regel3 = models.CharField(max_length=80, blank=True)
    tav = models.CharField(max_length=200, blank=True)
    geldig_vanaf = models.DateField(null=True)
    geldig_tot = models.DateField(null=True)

    class Meta(MetHerkomst.Meta):
        constraints = [
            *MetHerkomst.Meta.constraints,
            models.CheckConstraint(
                condition=Q(soort=Adressoort.BUITENLAND.value, postcode="", huisnummer=None)
                & ~Q(regel1="")
                & ~Q(landcode="NL")
                | ~Q(soort=Adressoort.BUITENLAND.value)
                & ~Q(postcode="")
                & Q(landcode="NL", huisnummer__isnull=False, regel1=""),
                name="adres_is_nederlands_of_buitenlands",
            ),
        ]

    def __str__(self) -> str:
        return "postadres"

    def geldig(self, op: dt.date) -> bool:
        """Of dit adres op deze dag gebruikt wordt."""
        na_begin = self.geldig_vanaf is None or self.geldig_vanaf <= op
        return na_begin and (self.geldig_tot is None or op < self.geldig_tot)

    def regels(self) -> list[str]:
        """Return the lines as they stand on an envelope, without country for the Netherlands."""
        return adresregels(vars(self))

    def tekst(self) -> str:
        """Return the value as history and export show it."""
        return ", ".join(self.regels())
