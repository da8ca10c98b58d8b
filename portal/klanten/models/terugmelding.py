"""Iemand meldt dat een basisregistratie niet klopt."""

import uuid
from typing import Self

from django.db import models

from accounts.zegel import VerzegeldVeld
from portal.klanten.models.interactie import nieuwe_referentie
from portal.klanten.regels import Authenticatie, Register, Terugmeldstatus


class TerugmeldingQuerySet(models.QuerySet["Terugmelding"]):
    def van(self, authenticatie: Authenticatie) -> Self:
        """De terugmeldingen die dit subject zelf deed."""
        return self.filter(
            bronorganisatie=authenticatie.bronorganisatie,
            melder_index=authenticatie.subject_index,
        )


class Terugmelding(models.Model):
    """BREG1: een melding aan de gemeente, met een status; raakt de klant nooit.

    Texts are sealed. `gegeven` names the element of the register, its value is not stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referentie = models.CharField(max_length=10, unique=True, default=nieuwe_referentie)
    bronorganisatie = models.CharField(max_length=9)
    melder_index = models.CharField(max_length=100)
    register = models.CharField(max_length=3, choices=[(r.value, r.value) for r in Register])
    gegeven = models.CharField(max_length=60)
    toelichting = VerzegeldVeld(doel="klanten.terugmelding")
    voorstel = VerzegeldVeld(doel="klanten.terugmelding")
    contact = VerzegeldVeld(doel="klanten.terugmelding")
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Terugmeldstatus])
    gemeld_op = models.DateTimeField()
    status_op = models.DateTimeField()
    versie = models.PositiveIntegerField(default=1)

    objects = TerugmeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "terugmeldingen"
        indexes = [models.Index(fields=["melder_index"], name="terugmelding_melder")]

    def __str__(self) -> str:
        return self.referentie
