"""Deleting asks the source of zaken first, and says honestly what went and what stays."""

import pytest

from portal.klanten.models import Klant
from portal.klanten.regels import NieuweNaam
from tests.mijn.conftest import NOOR, tekst
from tests.mijn.vulling import vul
from tests.nep_zaken import NepZaken
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.lang]


@pytest.fixture
def zaaksysteem(koppel):  # noqa: F811 - the fixture
    return koppel(NepZaken())


@pytest.fixture
def klant(db) -> Klant:
    return vul(NOOR, NieuweNaam("Noor"))


def verwijder_alles(noor) -> str:
    """Choose everything, confirm, and read the last page."""
    noor.post("/verwijderen/", {"weg": ["alles"]})
    klaar = noor.verstuur("/verwijderen/controle/")
    return tekst(noor.get(klaar.url))


@pytest.mark.uitgangspunt("OWN-3")
def test_zonder_zaken_is_alles_meteen_weg(noor, klant, zaaksysteem):
    assert "Uw gegevens zijn verwijderd" in verwijder_alles(noor)
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("OWN-4")
def test_een_zaak_die_bewaart_staat_er_met_haar_datum(noor, klant, zaaksysteem):
    zaaksysteem.zaak(
        "ZAAK-1",
        betrokkene="999990019",
        einddatum="2026-02-01",
        archiefnominatie="vernietigen",
        archiefactiedatum="2039-02-01",
    )
    gelezen = verwijder_alles(noor)
    assert "Uw gegevens zijn niet meer in gebruik" in gelezen
    assert "ZAAK-1" in gelezen
    assert "Op 1 februari 2039 verwijderen wij ze vanzelf." in gelezen


@pytest.mark.uitgangspunt("OWN-4")
def test_een_open_zaak_heeft_nog_geen_datum(noor, klant, zaaksysteem):
    zaaksysteem.zaak("ZAAK-2", betrokkene="999990019")
    assert "Wij weten nog niet tot wanneer." in verwijder_alles(noor)


@pytest.mark.uitgangspunt("OWN-3")
def test_een_bron_die_weg_is_laat_het_verzoek_zichtbaar_wachten(noor, klant, zaaksysteem):
    zaaksysteem.stop()
    assert "Uw verzoek om te verwijderen wacht" in verwijder_alles(noor)
    assert Klant.objects.get().verwijdering_gevraagd_op is not None
