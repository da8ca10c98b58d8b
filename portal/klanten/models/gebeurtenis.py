"""Wat er met een klant gebeurde: geschiedenis, controlespoor en bron van elk bericht in één rij."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.klanten.models.klant import Klant


class HuidigeTransactie(models.Func):
    """Het nummer van de lopende transactie; met `pg_snapshot_xmin` slaat de feed niets over."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class PlaatsInFeed(models.Func):
    """Nooit vóór de vorige versie: wie op het slot wachtte, heeft soms een ouder nummer.

    Takes onderwerp and the version before. At or above the own transaction, so the feed, which
    stops at the oldest running one, never passes it before it is committed.
    """

    template = (
        "greatest(pg_current_xact_id()::text::bigint, (select g.transactie"
        " from klanten_gebeurtenis g where (g.onderwerp, g.versie) = (%(expressions)s)))"
    )
    output_field = models.BigIntegerField()


class Gebeurtenis(models.Model):
    """Eén vastgelegde wijziging, zonder waarden; overleeft de klant (besluiten 14).

    `onderwerp` is the uuid of the klant (or of the melding) and no foreign key: the klant may be
    gone. `velden` are names of fields, sorted. `versie` counts per onderwerp without gaps.
    `handelende` and `namens` are pseudonyms of who acted and for whom, `mandaat` the service ids
    of a machtiging; `namens` is empty for who acted for themselves (besluiten 6).
    """

    class Soort(models.TextChoices):
        AANGEMAAKT = "klant.aangemaakt"
        GEWIJZIGD = "klant.gewijzigd"
        BEVESTIGD = "klant.bevestigd"
        GECLAIMD = "klant.geclaimd"
        VERWIJDERD = "klant.verwijderd"
        MELDING_ONTVANGEN = "melding.ontvangen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    soort = models.CharField(max_length=30, choices=Soort.choices)
    bronorganisatie = models.CharField(max_length=9)
    onderwerp = models.UUIDField()
    subjectsoort = models.CharField(max_length=30, blank=True)
    versie = models.PositiveIntegerField()
    velden = ArrayField(models.CharField(max_length=40))
    gebeurd_op = models.DateTimeField()
    handelende = models.CharField(max_length=100, blank=True)
    namens = models.CharField(max_length=100, blank=True, default="", db_default="")
    mandaat = models.TextField(blank=True, default="", db_default="")
    middel = models.CharField(max_length=20, blank=True)
    niveau = models.PositiveSmallIntegerField(null=True)
    transactie = models.BigIntegerField(db_default=HuidigeTransactie(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["onderwerp", "versie"], name="versies_zonder_gaten"),
        ]
        indexes = [
            models.Index(fields=["gebeurd_op"], name="gebeurtenis_op"),
            models.Index(
                fields=["bronorganisatie", "transactie", "onderwerp", "versie"],
                name="gebeurtenis_feed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.versie}"


class Waarde(models.Model):
    """Oude en nieuwe waarde van één veld; gaat weg met de waarde of met de klant.

    `waarde` is the uuid of the row that holds (or held) the value. `oude_delen` are the parts of an
    old postal address, which its text does not give back.
    """

    gebeurtenis = models.ForeignKey(Gebeurtenis, models.CASCADE, related_name="waarden")
    klant = models.ForeignKey(Klant, models.CASCADE, related_name="waarden")
    veld = models.CharField(max_length=40)
    waarde = models.UUIDField(null=True)
    oud = models.TextField(blank=True)
    nieuw = models.TextField(blank=True)
    oude_delen = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.veld
