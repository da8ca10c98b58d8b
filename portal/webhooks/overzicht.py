"""Hoe het met een abonnement staat, voor de beheerder: open, oudste, geblokkeerd, pogingen."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Min, Q, QuerySet, Sum, When
from django.db.models.functions import Least

from portal.webhooks.models import Abonnement, Baan, Bezorging, Poging

HOOGUIT = 20


@dataclass(frozen=True)
class Baanstand:
    """Eén baan die wacht: haar voorste bericht en wat de ontvanger er het laatst van zei."""

    onderwerp: UUID
    openstaand: int
    opnieuw_op: dt.datetime
    fouten: int
    geblokkeerd_sinds: dt.datetime | None
    uitgeput: bool
    laatste_fout: str
    kop: Bezorging | None


def met_cijfers(abonnementen: QuerySet[Abonnement]) -> QuerySet[Abonnement]:
    """Voeg `aantal_open` en `oudste` toe uit de banen, zonder de berichten te tellen.

    `oudste`: sinds wanneer de baan wacht die het langst wacht; een weigering of storing schuift
    alleen de volgende poging op.
    """
    baan = Least("baan__opnieuw_op", "baan__geblokkeerd_sinds")
    wacht = abonnementen.annotate(
        aantal_open=Sum("baan__openstaand"),
        oudste_baan=Min(baan, filter=Q(baan__openstaand__gt=0)),
    )
    oudste = When(aantal_open__gt=0, then=Least("oudste_baan", "mislukt_sinds"))
    return wacht.annotate(oudste=Case(oudste))


def wachtende_banen(abonnement: Abonnement) -> list[Baanstand]:
    """De banen die iemand moet zien: geblokkeerde eerst, dan de langst wachtende."""
    banen = Baan.objects.filter(abonnement=abonnement, openstaand__gt=0).order_by(
        "-uitgeput", "geblokkeerd_sinds", "opnieuw_op"
    )[:HOOGUIT]
    return [_stand(abonnement, baan) for baan in banen]


def oudste_open(abonnement: Abonnement) -> dt.datetime | None:
    """Het moment van de oudste wijziging die deze ontvanger nog niet aannam."""
    oudste = Bezorging.objects.filter(abonnement=abonnement, stand=Bezorging.Stand.OPEN)
    rij = Bezorging.objects.select_related("gebeurtenis").filter(
        pk=oudste.aggregate(nummer=Min("pk"))["nummer"]
    )
    kop = rij.first()
    if kop is None:
        return None
    return kop.gebeurtenis.gebeurd_op if kop.gebeurtenis else kop.overgeslagen_op


def _stand(abonnement: Abonnement, baan: Baan) -> Baanstand:
    kop = (
        Bezorging.objects.filter(
            abonnement=abonnement, onderwerp=baan.onderwerp, stand=Bezorging.Stand.OPEN
        )
        .order_by("volgnummer")
        .first()
    )
    return Baanstand(
        baan.onderwerp,
        baan.openstaand,
        baan.opnieuw_op,
        baan.fouten,
        baan.geblokkeerd_sinds,
        baan.uitgeput,
        baan.laatste_fout,
        kop,
    )


def laatste_pogingen(abonnement: Abonnement) -> QuerySet[Poging]:
    """De nieuwste pogingen, met het antwoord dat alleen beheer ziet."""
    return (
        Poging.objects.filter(bezorging__abonnement=abonnement)
        .select_related("bezorging")
        .order_by("-id")[:HOOGUIT]
    )
