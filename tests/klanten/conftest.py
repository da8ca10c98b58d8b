"""Wat de domeintests delen: een gang en de klant van Noor."""

from uuid import UUID

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.models import Klant
from portal.klanten.regels import Authenticatie, NieuweNaam
from tests.mensen import NOOR, NU


def gang(door: Authenticatie = NOOR, *, gezien: int = 0, sleutel: UUID | None = None) -> Gang:
    """Return what an act of this person takes along, at NU."""
    return {"door": door, "gezien": gezien, "sleutel": sleutel, "op": NU}


@pytest.fixture
def klant_noor(db: None) -> Klant:
    """Noor liet zich Noor noemen: versie 1."""
    uitkomst = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang())
    return Klant.objects.get(pk=uitkomst.klant)
