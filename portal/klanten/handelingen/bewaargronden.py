"""Gronden die een systeem van de gemeente opgeeft, of die uit zaken komen."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from portal.klanten.handelingen.dossiers import schrijf_grond, ververs_gronden
from portal.klanten.handelingen.transactie import constraint_als_regel, op_slot
from portal.klanten.models import Klant
from portal.klanten.regels import NietGevonden, Vasthouding, Zaak


def leg_bewaargrond_vast(klant_id: UUID, *, bron: str, grond: Vasthouding, op: dt.datetime) -> None:
    """OWN-3: deze bron houdt (velden van) de klant vast; hetzelfde kenmerk werkt bij.

    Raises NietGevonden.
    """
    with constraint_als_regel():
        schrijf_grond(_op_slot(klant_id), bron, grond, op=op)


def hef_bewaargrond_op(klant_id: UUID, *, bron: str, kenmerk: str) -> None:
    """Deze grond is er niet meer; wat hij vasthield gaat vanzelf. Raises NietGevonden."""
    with constraint_als_regel():
        verwijderd, _ = _op_slot(klant_id).bewaargronden.filter(bron=bron, kenmerk=kenmerk).delete()
        if not verwijderd:
            raise NietGevonden


def werk_gronden_bij(klant_id: UUID, *, zaken: Sequence[Zaak], op: dt.datetime) -> None:
    """OWN-3: wat de bron van zaken nu zegt; voor klanten die nog vastgehouden worden."""
    with constraint_als_regel():
        ververs_gronden(_op_slot(klant_id), zaken, op=op)


def _op_slot(klant_id: UUID) -> Klant:
    klant = op_slot(klant_id)
    if klant is None:
        raise NietGevonden
    return klant
