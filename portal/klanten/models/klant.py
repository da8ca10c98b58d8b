"""De klant: wie een gemeente wil bereiken, al dan niet gekoppeld aan één subject."""

import datetime as dt
import uuid
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.regels import ONDERGRENS, Authenticatie, Subjectsoort

W = TypeVar("W", bound=MetHerkomst)


class KlantQuerySet(models.QuerySet["Klant"]):
    """De vragen die er over klanten te stellen zijn."""

    def van(self, authenticatie: Authenticatie) -> Self:
        """KLUIT01: de klanten die wie hier inlogde mag beheren; die van een ander bestaan niet.

        A company: all its klanten, those of its branches too; a login for a branch: that branch.
        """
        eigen = self.filter(bronorganisatie=authenticatie.bronorganisatie, gevalideerd=True)
        if authenticatie.subjectsoort is Subjectsoort.NIET_NATUURLIJK_PERSOON:
            return eigen.filter(bedrijf_index=authenticatie.bedrijf_index).exclude(bedrijf_index="")
        return eigen.filter(
            subjectsoort=authenticatie.subjectsoort, subject_index=authenticatie.subject_index
        )

    def met_subject(self, index: str, *, bronorganisatie: str, vanaf: int = ONDERGRENS) -> Self:
        """BETR1: gevalideerde klanten met dit nummer (index van BSN, KvK, RSIN of vestiging)."""
        if not index:
            return self.none()
        nummer = Q(subject_index=index) | Q(bedrijf_index=index) | Q(rsin_index=index)
        return self.klantbeeld(vanaf=vanaf).filter(nummer, bronorganisatie=bronorganisatie)

    def klantbeeld(self, *, vanaf: int = ONDERGRENS) -> Self:
        """BEELD1: gevalideerd op minstens dit niveau, en niet weg of op weg daarheen.

        Raise `vanaf` and who was validated lower is out at once, until they confirm it (USE-7).
        """
        return self.filter(gevalideerd=True, inactief_op=None, gevalideerd_niveau__gte=vanaf)

    def ongebruikt(self, sinds: dt.datetime) -> Self:
        """Gevalideerde klanten zonder teken van leven na dit moment."""
        return self.klantbeeld().filter(actief_op__lte=sinds)

    def met_waarden(self) -> Self:
        """Alles wat de klant gaf erbij, in vier vragen aan de databank."""
        return self.select_related("naam", "postadres").prefetch_related(
            "digitale_adressen", "rekeningnummers", "voorkeuren"
        )


class Klant(models.Model):
    """Eén klant van één organisatie; `versie` telt de wijzigingen zonder gaten.

    `persoon`: the subject is one human being (KARD1 counts those). `subject_land` is filled for a
    foreign subject only. `actief_op` is the last sign of life, and both `herinnerd` moments follow
    from its absence. `verwijdering_gevraagd_op`: waits until the source of zaken answers.
    `inactief_op`: deleted as far as allowed; only what a dossier holds is left (Bewaard).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bronorganisatie = models.CharField(max_length=9)
    klantnummer = models.CharField(max_length=8)
    subjectsoort = models.CharField(
        max_length=30, blank=True, choices=[(soort.value, soort.value) for soort in Subjectsoort]
    )
    subject_index = models.CharField(max_length=100, blank=True)
    subject_verzegeld = models.TextField(blank=True)
    subject_land = models.CharField(max_length=2, blank=True)
    persoon = models.BooleanField(default=False)
    bedrijf_index = models.CharField(max_length=100, blank=True)
    rsin_index = models.CharField(max_length=100, blank=True)
    gevalideerd = models.BooleanField(default=False)
    gevalideerd_op = models.DateTimeField(null=True)
    gevalideerd_middel = models.CharField(max_length=20, blank=True)
    gevalideerd_niveau = models.PositiveSmallIntegerField(null=True)
    versie = models.PositiveIntegerField(default=1)
    actief_op = models.DateTimeField()
    herinnerd_op = models.DateTimeField(null=True)
    nogmaals_herinnerd_op = models.DateTimeField(null=True)
    verwijdering_gevraagd_op = models.DateTimeField(null=True)
    inactief_op = models.DateTimeField(null=True)

    objects = KlantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bronorganisatie", "subject_index"],
                condition=Q(gevalideerd=True, persoon=True),
                name="een_gevalideerde_klant_per_natuurlijk_persoon",
            ),
            models.UniqueConstraint(
                fields=["bronorganisatie", "klantnummer"], name="klantnummer_uniek"
            ),
            models.CheckConstraint(
                condition=Q(gevalideerd=True, gevalideerd_op__isnull=False)
                & Q(gevalideerd_niveau__isnull=False)
                & ~Q(gevalideerd_middel="")
                & ~Q(subjectsoort="")
                & ~Q(subject_index="")
                | Q(gevalideerd=False, subjectsoort="", subject_index="", gevalideerd_op=None),
                name="gevalideerd_desda_subject",
            ),
            models.CheckConstraint(
                condition=Q(
                    subjectsoort="",
                    subject_index="",
                    subject_verzegeld="",
                    bedrijf_index="",
                    rsin_index="",
                    subject_land="",
                    persoon=False,
                )
                | ~Q(subject_index="")
                & ~Q(subject_verzegeld="")
                & (
                    Q(subjectsoort=Subjectsoort.NATUURLIJK_PERSOON.value, persoon=True)
                    & Q(bedrijf_index="", rsin_index="", subject_land="")
                    | Q(
                        subjectsoort__in=[
                            Subjectsoort.NIET_NATUURLIJK_PERSOON.value,
                            Subjectsoort.VESTIGING.value,
                        ],
                        persoon=False,
                        subject_land="",
                    )
                    & ~Q(bedrijf_index="")
                    | Q(subjectsoort=Subjectsoort.BUITENLANDS.value)
                    & Q(bedrijf_index="", rsin_index="")
                    & ~Q(subject_land="")
                ),
                name="hooguit_een_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_index"], name="klant_subject"),
            models.Index(fields=["bedrijf_index"], name="klant_bedrijf"),
            models.Index(fields=["rsin_index"], name="klant_rsin"),
            models.Index(
                fields=["verwijdering_gevraagd_op"],
                condition=Q(verwijdering_gevraagd_op__isnull=False),
                name="klant_wil_weg",
            ),
        ]

    def __str__(self) -> str:
        return f"klant {self.pk}"

    def rijen(self, soort: type[W]) -> list[W]:
        """Wat de klant van deze soort gaf; gelezen zodra iemand het vraagt, en maar één keer."""
        if soort not in self._gelezen:
            self._gelezen[soort] = soort.rijen_van(self.pk)
        return self._gelezen[soort]

    @cached_property
    def _gelezen(self) -> dict[type[MetHerkomst], list[Any]]:
        return {}
