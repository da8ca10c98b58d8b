"""Eén contact met de gemeente, wie erbij hoort en wat er voor die ene keer anders is."""

import datetime as dt
import secrets
import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.zegel import VerzegeldVeld
from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.klant import Klant
from portal.klanten.regels import ROLVOLGORDE, Interactiesoort, Rol

REFERENTIETEKENS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""Zonder klinkers en zonder tekens die op elkaar lijken: geen woorden, goed over te typen."""


def nieuwe_referentie() -> str:
    """Return ten random characters (48 bits) that a person can copy from a letter."""
    return "".join(secrets.choice(REFERENTIETEKENS) for _ in range(10))


class Proces(models.Model):
    """Een soort melding of verzoek, ingesteld door de gemeente (besluiten 21).

    `bewaartermijn` counts from the end of the interaction and has no default: nothing is kept for
    ever by accident. `open_kanaal`: also for who is not logged in.
    """

    code = models.SlugField(max_length=40, unique=True)
    omschrijving = models.CharField(max_length=200)
    bsn_vrij = models.BooleanField(default=False)
    vereist_registeradres = models.BooleanField(default=False)
    open_kanaal = models.BooleanField(default=False)
    bewaartermijn = models.DurationField()

    class Meta:
        verbose_name_plural = "processen"
        constraints = [
            models.CheckConstraint(
                condition=Q(bewaartermijn__gt=dt.timedelta(0)), name="proces_bewaart_niet_eeuwig"
            )
        ]

    def __str__(self) -> str:
        return self.omschrijving


class InteractieQuerySet(models.QuerySet["Interactie"]):
    def vervallen(self, op: dt.datetime) -> Self:
        """USE-8: afgesloten, en de bewaartermijn is om."""
        return self.filter(bewaren_tot__lte=op)

    def vergeten(self, sinds: dt.datetime) -> Self:
        """USE-8: al voor `sinds` ontvangen, niet afgesloten, en met gegevens die daarom blijven."""
        los = Koppeling.objects.filter(interactie=OuterRef("pk"), klant__gevalideerd=False)
        met_gegevens = Q(Exists(los)) | Q(afwijkend__isnull=False) | Q(tekst__isnull=False)
        return self.filter(met_gegevens, bewaren_tot=None, ontvangen_op__lte=sinds)


class Interactie(models.Model):
    """Een melding, vraag, verzoek of contactmoment; kan zonder klant en zonder enig gegeven.

    `van_systeem`: a system of the municipality recorded it, nobody at the portal; `extern` is then
    its address there, if it has one. `tekst` is what somebody typed at the portal, sealed, or None:
    it goes with this row, whoever it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referentie = models.CharField(max_length=10, unique=True, default=nieuwe_referentie)
    bronorganisatie = models.CharField(max_length=9)
    proces = models.ForeignKey(Proces, models.PROTECT, related_name="interacties")
    soort = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Interactiesoort])
    extern = models.CharField(max_length=1000, blank=True)
    van_systeem = models.BooleanField(default=False, db_default=False)
    tekst = VerzegeldVeld(doel="klanten.interactie", null=True)
    ontvangen_op = models.DateTimeField()
    afgesloten_op = models.DateTimeField(null=True)
    bewaren_tot = models.DateTimeField(null=True)
    klanten = models.ManyToManyField(Klant, through="Koppeling", related_name="interacties")

    objects = InteractieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(afgesloten_op=None, bewaren_tot=None)
                | Q(afgesloten_op__isnull=False, bewaren_tot__isnull=False),
                name="afgesloten_heeft_een_termijn",
            )
        ]
        indexes = [models.Index(fields=["bewaren_tot"], name="interactie_bewaren_tot")]

    def __str__(self) -> str:
        return self.soort

    def op_rol(self, klanten: models.QuerySet[Klant]) -> list[Klant]:
        """CARD-5: wie van `klanten` erbij hoort, in ROLVOLGORDE en dan wie er eerder bij kwam."""
        rang: dict[uuid.UUID, tuple[int, int]] = {}
        for koppeling in self.koppelingen.order_by("pk"):
            plek = (ROLVOLGORDE.index(Rol(koppeling.rol)), koppeling.pk)
            rang[koppeling.klant_id] = min(plek, rang.get(koppeling.klant_id, plek))
        return sorted(klanten.filter(pk__in=rang).distinct(), key=lambda klant: rang[klant.pk])


class Koppeling(models.Model):
    """REL1: een klant hoort in een rol bij een interactie; twee rollen zijn twee koppelingen."""

    klant = models.ForeignKey(Klant, models.CASCADE, related_name="koppelingen")
    interactie = models.ForeignKey(Interactie, models.CASCADE, related_name="koppelingen")
    rol = models.CharField(max_length=20, choices=[(rol.value, rol.value) for rol in Rol])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interactie", "klant", "rol"], name="een_koppeling_per_rol"
            )
        ]

    def __str__(self) -> str:
        return self.rol


class Afwijkend(MetHerkomst):
    """KLUIT04: alleen voor deze interactie; `versie` telt de wijzigingen van de afwijking zelf.

    `correspondentieadres` holds the parts of a NieuwPostadres or NieuwBuitenlandsAdres by name.
    """

    interactie = models.OneToOneField(Interactie, models.CASCADE, related_name="afwijkend")
    voornaam = models.CharField(max_length=200, blank=True)
    emailadres = models.CharField(max_length=254, blank=True)
    telefoonnummer = models.CharField(max_length=16, blank=True)
    correspondentieadres = models.JSONField(null=True)
    voorkeurskanaal = models.CharField(max_length=20, blank=True)
    voorkeurstaal = models.CharField(max_length=3, blank=True)

    class Meta(MetHerkomst.Meta):
        constraints = [
            *MetHerkomst.Meta.constraints,
            models.UniqueConstraint(fields=["interactie"], name="een_afwijking_per_interactie"),
        ]

    def __str__(self) -> str:
        return "afwijkend"
