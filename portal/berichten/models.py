"""Wat nog verzonden moet worden: de belofte aan een mens, in de transactie van de handeling."""

import uuid

from django.db import models
from django.db.models import Q


class Bericht(models.Model):
    """Eén e-mail of sms; adres en tekst verzegeld tot de verzending, daarna gewist (besluiten 5).

    `inhoud_verzegeld` is the sealed JSON of `aan`, `onderwerp` and `tekst`. `volgende_op` is when
    the next attempt may start; a running attempt has moved it forward, so nobody else takes it.
    After `geldig_tot` sending makes no sense any more (a code that expired).
    """

    class Kanaal(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"

    class Stand(models.TextChoices):
        WACHT = "wacht"
        VERZONDEN = "verzonden"
        OPGEGEVEN = "opgegeven"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    soort = models.CharField(max_length=40)
    kanaal = models.CharField(max_length=5, choices=Kanaal.choices)
    stand = models.CharField(max_length=9, choices=Stand.choices, default=Stand.WACHT)
    inhoud_verzegeld = models.TextField(blank=True)
    gemaakt_op = models.DateTimeField()
    volgende_op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    pogingen = models.PositiveSmallIntegerField(default=0)
    afgerond_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="wacht", afgerond_op=None)
                | Q(inhoud_verzegeld="", afgerond_op__isnull=False),
                name="afgerond_bericht_is_gewist",
            )
        ]
        indexes = [
            models.Index(
                fields=["volgende_op"], condition=Q(stand="wacht"), name="bericht_te_verzenden"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.kanaal}"
