"""De bewaargronden van een klant, en of die klant van deze organisatie is."""

from typing import Any
from uuid import UUID

from django.db import transaction

from portal.api.fouten import Fout
from portal.api.toegang.klanten import leg_vast
from portal.api.toegang.wie import Aanroeper
from portal.klanten.models import Bewaargrond, Klant


def bron_van(aanroeper: Aanroeper) -> str:
    """Onder welke naam dit systeem vastlegt en gronden opgeeft; een nieuw token houdt die."""
    return f"systeem {aanroeper.rij.toepassing}"


def eis_klant(aanroeper: Aanroeper, klant_id: UUID) -> None:
    """Ook een klant die al weg is op een dossier na; raises Fout 404."""
    eigen = Klant.objects.filter(bronorganisatie=aanroeper.bronorganisatie, gevalideerd=True)
    if not eigen.filter(pk=klant_id).exists():
        raise Fout("not_found")


@transaction.atomic
def lees_gronden(aanroeper: Aanroeper, klant_id: UUID) -> list[dict[str, Any]]:
    """Alle gronden, van welk systeem ook; het kenmerk van een ander blijft van die ander.

    P11: with a line, also when nothing holds the klant. Raises Fout 404.
    """
    eis_klant(aanroeper, klant_id)
    leg_vast(aanroeper, [klant_id], ["bewaargronden"])
    bron = bron_van(aanroeper)
    rijen = Bewaargrond.objects.filter(klant=klant_id).order_by("pk")
    return [als_vorm(rij, eigen=rij.bron == bron) for rij in rijen]


def grond_van(aanroeper: Aanroeper, klant_id: UUID, kenmerk: str) -> dict[str, Any] | None:
    """De eigen grond met dit kenmerk, of None."""
    rij = Bewaargrond.objects.filter(
        klant=klant_id, bron=bron_van(aanroeper), kenmerk=kenmerk
    ).first()
    return als_vorm(rij, eigen=True) if rij else None


def als_vorm(grond: Bewaargrond, *, eigen: bool) -> dict[str, Any]:
    """Een grond zoals de API haar toont."""
    return {
        "kenmerk": grond.kenmerk if eigen else "",
        "reden": grond.reden,
        "tot": grond.tot.isoformat() if grond.tot else None,
        "velden": list(grond.velden),
        "eigen": eigen,
    }
