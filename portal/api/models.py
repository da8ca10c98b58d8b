"""Wie er mag vragen: een toepassing van de gemeente met haar tokens, en wat daarmee gedaan is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.zegel import VerzegeldVeld
from portal.webhooks.models import Abonnement

VERWIJZING = "api.zgw-geheim"


class Toepassing(models.Model):
    """Een systeem van een organisatie; `naam` en `afdeling` leest de klant in het logboek.

    `client_id` is its name on the compatible surface (ZGW); `adres` the URL that the log names.
    """

    bronorganisatie = models.CharField("RSIN van de organisatie", max_length=9)
    organisatie = models.CharField("naam van de organisatie", max_length=200)
    afdeling = models.CharField(max_length=200, blank=True)
    naam = models.CharField(max_length=100, unique=True)
    adres = models.URLField("adres van het systeem", blank=True)
    client_id = models.CharField(max_length=100, unique=True, null=True, blank=True)
    actief = models.BooleanField(default=True)

    class Meta:
        verbose_name = "toepassing"
        verbose_name_plural = "toepassingen"

    def __str__(self) -> str:
        return self.naam


class Token(models.Model):
    """Een sleutel van een toepassing: gehasht (eigen API) of verzegeld (HS256 van ZGW)."""

    toepassing = models.ForeignKey(Toepassing, models.PROTECT, related_name="tokens")
    prefix = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - leeg is er geen, en leeg mag vaker
    geheim = VerzegeldVeld(doel=VERWIJZING, null=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40))
    doelen = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    velden = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    netwerken = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    gemaakt_op = models.DateTimeField(editable=False)
    verloopt_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "token"
        verbose_name_plural = "tokens"
        constraints = [
            models.CheckConstraint(
                condition=Q(hash__isnull=False, geheim__isnull=True)
                | Q(hash__isnull=True, geheim__isnull=False),
                name="gehasht_of_verzegeld",
            )
        ]

    def __str__(self) -> str:
        return self.prefix


class Rechtenhandeling(models.Model):
    """Wie welk recht gaf of introk, en waarom; nooit de sleutel zelf."""

    class Soort(models.TextChoices):
        TOEPASSING = "toepassing.gemaakt"
        GEWIJZIGD = "toepassing.gewijzigd"
        GEGEVEN = "token.gegeven"
        INGETROKKEN = "token.ingetrokken"

    soort = models.CharField(max_length=30, choices=Soort.choices)
    toepassing = models.ForeignKey(Toepassing, models.PROTECT, related_name="handelingen")
    prefix = models.CharField(max_length=12, blank=True)
    door = models.CharField(max_length=100)
    reden = models.CharField(max_length=200)
    gedaan_op = models.DateTimeField()

    class Meta:
        verbose_name = "rechtenhandeling"
        verbose_name_plural = "rechtenhandelingen"

    def __str__(self) -> str:
        return f"{self.soort} {self.prefix}"


class Registratie(models.Model):
    """VAL-8: wie een niet-gevalideerde klant vastlegde; geen ander systeem leest die."""

    onderwerp = models.UUIDField(primary_key=True)
    toepassing = models.ForeignKey(Toepassing, models.PROTECT, related_name="registraties")

    def __str__(self) -> str:
        return "registratie"


class Abonnee(models.Model):
    """Welke toepassing een abonnement nam in de vorm van VNG; geen andere ziet of wijzigt het."""

    abonnement = models.OneToOneField(
        Abonnement, models.CASCADE, primary_key=True, related_name="+"
    )
    toepassing = models.ForeignKey(Toepassing, models.PROTECT, related_name="abonnees")

    def __str__(self) -> str:
        return "abonnee"
