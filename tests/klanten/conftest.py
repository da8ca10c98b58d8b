"""Wat de domeintests delen: een gang, de klant van Noor, en de post die de gemeente verstuurt."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.klanten import gevolgen, handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.models import DigitaalAdres, Klant
from portal.klanten.regels import Authenticatie, Bericht, NieuwEmail, NieuweNaam
from tests.mensen import NOOR, NU


def gang(
    door: Authenticatie = NOOR,
    *,
    gezien: int = 0,
    sleutel: UUID | None = None,
    na: timedelta = timedelta(),
) -> Gang:
    """Return what an act of this person takes along, at NU or some time `na` that."""
    return {"door": door, "gezien": gezien, "sleutel": sleutel, "op": NU + na}


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> list[Bericht]:
    """Elk bericht dat een handeling aan een mens schrijft, in volgorde."""
    berichten: list[Bericht] = []
    monkeypatch.setattr(gevolgen, "_verzenders", {"proef": berichten.append})
    return berichten


@pytest.fixture
def klant_noor(db: None, post: list[Bericht]) -> Klant:
    """Noor liet zich Noor noemen: versie 1."""
    uitkomst = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang())
    return Klant.objects.get(pk=uitkomst.klant)


@pytest.fixture
def adres_noor(klant_noor: Klant, post: list[Bericht]) -> DigitaalAdres:
    """Noor bevestigde noor@example.nl: versie 3."""
    return bevestigd_adres(klant_noor, NieuwEmail("noor@example.nl"), post)


def bevestigd_adres(klant: Klant, adres: NieuwEmail, post: list[Bericht]) -> DigitaalAdres:
    """Voeg dit adres toe en bevestig het met de code uit de post."""
    klant.refresh_from_db()
    nieuw = handelingen.voeg_digitaal_adres_toe(klant.pk, adres=adres, **gang(gezien=klant.versie))
    assert nieuw.waarde
    code = post[-1].inhoud["code"]
    handelingen.bevestig(klant.pk, waarde=nieuw.waarde, code=code, **gang(gezien=nieuw.versie))
    return DigitaalAdres.objects.get(pk=nieuw.waarde)
