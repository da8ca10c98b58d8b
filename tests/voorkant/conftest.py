"""What the pages of `paginas.py` stand on besides the portal itself."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from portal.mijn import vasthouden
from portal.mijn.panelen import register
from portal.mijn.views import namens_wie, voorstellen
from portal.registers import basisgegevens
from portal.registers.interacties import lezen
from tests.voorkant import decor, dekking


@pytest.fixture
def toneel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages have an address; others know addresses of Noor and branches of the bakery."""
    settings.ROOT_URLCONF = "tests.voorkant.proefadressen"
    settings.BUREN = {
        naam: {"url": f"https://{naam}.example", "geheim": "x"} for naam in ("openklant", "pdok")
    }
    antwoord = decor.antwoord
    vestigingen = decor.er(decor.VESTIGINGEN)
    geen = lezen.Contacten((), onvolledig=False)
    for waar, naam, doe in (
        (voorstellen, "voorstellen", antwoord("voorstellen", decor.ELDERS)),
        (namens_wie, "vraag_na", antwoord("vestigingen", vestigingen)),
        (register, "vraag_na", decor.register),
        (basisgegevens, "adressen", antwoord("adressen", decor.UIT)),
        (lezen, "voor_klanten", antwoord("contacten", geen)),
        (vasthouden, "zaken_of_niets", antwoord("zaken", ())),
    ):
        monkeypatch.setattr(waar, naam, doe)


@pytest.fixture
def getekend() -> Iterator[set[dekking.Plek]]:
    """Where the templates drew something since the test began."""
    with dekking.kijk_mee() as plekken:
        yield plekken
