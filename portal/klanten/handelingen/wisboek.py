"""Wat gewist is blijft gewist: het wisboek buiten de databank, en schoonmaken na terugzetten."""

import datetime as dt
from collections.abc import Collection, Iterator
from uuid import UUID

from portal.klanten.handelingen.transactie import (
    Beurt,
    constraint_als_regel,
    op_slot,
    voer_zelf_uit,
)
from portal.klanten.handelingen.verwijderen import alle_waarden, vanzelf, verwijder_stil
from portal.klanten.models import Klant, Wisgegevens


def regels() -> Iterator[tuple[str, dt.datetime]]:
    """Yield (afdruk, gewist_op) of everything that was erased, oldest first.

    Everything: the moment of an act lies before its COMMIT, so no moment parts what was read from
    what was not.
    """
    gewist = Wisgegevens.objects.order_by("gewist_op", "afdruk")
    return gewist.values_list("afdruk", "gewist_op").iterator(chunk_size=10_000)


def schoon_na_herstel(gewist: Collection[str], *, op: dt.datetime) -> int:
    """Wis opnieuw wat volgens het wisboek al gewist was; geef het aantal klanten dat veranderde.

    `gewist` holds the digests of the ledger kept outside the backup. Run it before opening.
    """
    afdrukken = set(gewist)
    return sum(_maak_schoon(sleutel, afdrukken, op=op) for sleutel in _klanten())


def _klanten() -> Iterator[UUID]:
    return Klant.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000)


def _maak_schoon(klant_id: UUID, afdrukken: set[str], *, op: dt.datetime) -> bool:
    with constraint_als_regel():
        klant = op_slot(klant_id)
        if klant is None:
            return False
        if Wisgegevens.afdruk_van(klant_id) in afdrukken:
            klant.bewaarde_waarden.all().delete()
            voer_zelf_uit(klant, verwijder_stil, herkomst=vanzelf(op))
            return True
        weg = [
            (veld, rij)
            for veld, rij in alle_waarden(klant)
            if Wisgegevens.afdruk_van(rij.pk) in afdrukken
        ]

        def wis(beurt: Beurt) -> None:
            for veld, rij in weg:
                beurt.vernietig(veld, rij)

        return voer_zelf_uit(klant, wis, herkomst=vanzelf(op)).gewijzigd
