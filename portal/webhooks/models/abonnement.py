"""Wie wil wat horen, waar, en hoe staat het daarmee."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import Subjectsoort

LANGSTE_WACHTTIJD = 15
"""Seconds; a human who skips or replays waits 18 s for the fence (`herstel.GEDULD_MS`)."""


def alle_soorten() -> list[str]:
    """Zonder keuze hoort een abonnement alles."""
    return list(Gebeurtenis.Soort.values)


class Abonnement(models.Model):
    """Eén ontvanger met zijn adres, keuze, inlogwijze en de stand van zijn onderbreker.

    `id` is an int4: it is half of the advisory lock that fences the pump. `per_minuut` is what the
    receiver allows (empty: no limit); `wachttijd` seconds for a whole call. The sealed settings
    are JSON, per `inlogwijze` (docs/webhooks.md). `bevestigde_url` is the address that consented:
    to another one nothing goes before a new handshake.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", "niet bevestigd"
        ACTIEF = "actief", "actief"
        GEPAUZEERD = "gepauzeerd", "gepauzeerd"
        UITGEZET = "uitgezet", "uitgezet"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    class Vorm(models.TextChoices):
        CLOUDEVENTS = "cloudevents", "CloudEvents"
        VNG = "vng", "VNG Notificaties (routeringcomponent)"
        VNG_ABONNEE = "vng_abonnee", "VNG Notificaties (abonnee)"

    class Inlogwijze(models.TextChoices):
        GEEN = "geen", "geen (alleen ondertekend)"
        BEARER = "bearer", "vaste Authorization-kop"
        OAUTH2 = "oauth2", "OAuth2 client credentials"
        MTLS = "mtls", "clientcertificaat"
        ZGW = "zgw", "ZGW-JWT (Notificaties API)"

    id = models.AutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    bronorganisatie = models.CharField(max_length=9)
    naam = models.CharField(max_length=100)
    contact = models.EmailField("e-mailadres van de contactpersoon")
    url = models.CharField(max_length=500)
    soorten = ArrayField(
        models.CharField(max_length=30, choices=Gebeurtenis.Soort.choices), default=alle_soorten
    )
    subjectsoorten = ArrayField(
        models.CharField(max_length=30, choices=[(soort, soort) for soort in Subjectsoort]),
        default=list,
        blank=True,
        help_text="leeg: alle",
    )
    vorm = models.CharField(max_length=12, choices=Vorm.choices, default=Vorm.CLOUDEVENTS)
    informatierijk = models.BooleanField(default=False)
    doel = models.CharField(max_length=100, blank=True)
    inlogwijze = models.CharField(max_length=8, choices=Inlogwijze.choices, default=Inlogwijze.GEEN)
    inlog_verzegeld = models.TextField(blank=True)
    eigen_ca = models.TextField("eigen CA (PEM)", blank=True)
    gelijktijdig = models.PositiveSmallIntegerField(default=10)
    per_minuut = models.PositiveIntegerField(null=True, blank=True)
    wachttijd = models.PositiveSmallIntegerField(default=15)

    bevestigde_url = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONCEPT)
    reden = models.CharField(max_length=300, blank=True)
    gepauzeerd_tot = models.DateTimeField(null=True, blank=True)
    mislukt_achtereen = models.PositiveIntegerField(default=0)
    mislukt_sinds = models.DateTimeField(null=True)
    onderbroken_tot = models.DateTimeField(null=True)
    gelukt_op = models.DateTimeField(null=True)
    gewaarschuwd_uur = models.PositiveSmallIntegerField(default=0)
    gemaakt_op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "abonnementen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(gelijktijdig__gte=1, gelijktijdig__lte=20),
                name="gelijktijdig_een_tot_twintig",
            ),
            models.CheckConstraint(
                condition=models.Q(wachttijd__gte=1, wachttijd__lte=LANGSTE_WACHTTIJD),
                name="wachttijd_een_tot_vijftien",
            ),
            models.CheckConstraint(
                condition=models.Q(informatierijk=False) | ~models.Q(doel=""),
                name="informatierijk_vraagt_een_doel",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Geheim(models.Model):
    """Eén ondertekengeheim, verzegeld; bij wisselen zijn er twee tegelijk geldig."""

    abonnement = models.ForeignKey(Abonnement, models.CASCADE, related_name="geheimen")
    waarde_verzegeld = models.TextField()
    geldig_vanaf = models.DateTimeField()
    geldig_tot = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "geheimen"

    def __str__(self) -> str:
        return f"geheim {self.pk}"
