"""Een klaargezet bericht aan Noor, en een tijd waarop het gebeurt."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.berichten.klaarzetten import zet_klaar

NU = datetime(2026, 11, 21, 10, 12, tzinfo=UTC)
NOOR = "noor@example.org"


@pytest.fixture
def nu():
    return NU


@pytest.fixture
def beloof(db):
    """Zet een code voor Noor klaar; wat de test anders wil, geeft hij mee."""

    def beloof(**anders):
        gegevens = {
            "soort": "bevestigingscode",
            "kanaal": "email",
            "aan": NOOR,
            "taal": "nl",
            "gegevens": {"code": "048213", "minuten": 15},
            "op": NU,
            "geldig_tot": NU + timedelta(minutes=15),
        }
        return zet_klaar(**(gegevens | anders))

    return beloof
