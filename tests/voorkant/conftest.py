"""What the pages of `paginas.py` stand on besides the portal itself."""

from uuid import UUID

import pytest
from pytest_django import Settings

from accounts.identiteit import Identiteit, Soort
from portal.klanten.regels import Contactsoort
from portal.mijn.views import namens_wie, voorstellen
from portal.registers import basisgegevens
from portal.registers.kvk import Vestiging
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
VESTIGINGEN = (
    Vestiging(
        Identiteit(Soort.VESTIGING, "000090000011", "90000011"),
        naam="Bakkerij De Korenbloem",
        adres="Dorpsstraat 3 1234AB Waterveen",
        hoofd=True,
    ),
    Vestiging(
        Identiteit(Soort.VESTIGING, "000090000022", "90000011"),
        naam="De Korenbloem aan de haven",
        adres="Havenkade 12 1235AB Waterveen",
    ),
)


@pytest.fixture
def toneel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages have an address; others know addresses of Noor and branches of the bakery."""
    settings.ROOT_URLCONF = "tests.voorkant.proefadressen"
    settings.BUREN = {"openklant": {"url": "https://openklant.example", "geheim": "x"}}
    monkeypatch.setattr(voorstellen, "voorstellen", lambda _klant: ELDERS)
    vestigingen = basisgegevens.Getoond(basisgegevens.Beeld.ER, VESTIGINGEN)
    monkeypatch.setattr(namens_wie, "vraag_na", lambda *_: vestigingen)
