"""What the pages of `paginas.py` stand on besides the portal itself."""

from uuid import UUID

import pytest
from pytest_django import Settings

from portal.klanten.regels import Contactsoort
from portal.mijn.views import voorstellen
from portal.registers.openklant.voorstellen import Aard, Voorstel

ELDERS = (
    Voorstel(
        daar=UUID("22222222-2222-4222-8222-000000000001"),
        aard=Aard.NIEUW,
        soort=Contactsoort.EMAIL,
        waarde="noor.werk@example.org",
    ),
    Voorstel(
        daar=UUID("22222222-2222-4222-8222-000000000002"),
        aard=Aard.NIEUW,
        soort=Contactsoort.TELEFOON,
        waarde="+31201234567",
    ),
)


@pytest.fixture
def toneel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages have an address, and another system knows two more addresses of Noor."""
    settings.ROOT_URLCONF = "tests.voorkant.proefadressen"
    settings.BUREN = {"openklant": {"url": "https://openklant.example", "geheim": "x"}}
    monkeypatch.setattr(voorstellen, "voorstellen", lambda _klant: ELDERS)
