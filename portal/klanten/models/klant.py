"""De klant: wie een gemeente wil bereiken, al dan niet gekoppeld aan één subject."""

import uuid

from django.db import models
from django.db.models import Q

from portal.klanten.regels import Subjectsoort


class Klant(models.Model):
    """Eén klant van één organisatie; `versie` telt de wijzigingen zonder gaten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bronorganisatie = models.CharField(max_length=9)
    klantnummer = models.CharField(max_length=8)
    subjectsoort = models.CharField(
        max_length=30, blank=True, choices=[(soort, soort) for soort in Subjectsoort]
    )
    subject_index = models.CharField(max_length=100, blank=True)
    subject_verzegeld = models.TextField(blank=True)
    bedrijf_index = models.CharField(max_length=100, blank=True)
    gevalideerd = models.BooleanField(default=False)
    gevalideerd_op = models.DateTimeField(null=True)
    gevalideerd_middel = models.CharField(max_length=20, blank=True)
    gevalideerd_niveau = models.PositiveSmallIntegerField(null=True)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bronorganisatie", "subject_index"],
                condition=Q(gevalideerd=True, subjectsoort=Subjectsoort.NATUURLIJK_PERSOON),
                name="een_gevalideerde_klant_per_natuurlijk_persoon",
            ),
            models.UniqueConstraint(
                fields=["bronorganisatie", "klantnummer"], name="klantnummer_uniek"
            ),
        ]

    def __str__(self) -> str:
        return f"klant {self.pk}"
