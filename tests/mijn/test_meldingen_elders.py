"""Under "Meldingen" a klant also sees what the registers of the municipality have of her."""

import pytest

from portal.klanten.models import Klant
from portal.klanten.regels import NieuweNaam
from portal.registers.interacties import publiceren
from tests.mijn.conftest import NOOR, OMAR, Mens, tekst
from tests.mijn.vulling import vul
from tests.nep_verzoeken import NepVerzoeken
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def verzoeken(koppel):  # noqa: F811 - the fixture
    return koppel(NepVerzoeken())


@pytest.fixture
def klant(verzoeken, db) -> Klant:
    """The municipality keeps a verzoek of Noor."""
    klant = vul(NOOR, NieuweNaam("Noor"))
    rij = verzoeken.dingen.zet(
        {
            "bronorganisatie": "823288444",
            "identificatie": "VERZOEK-2026-7",
            "registratiedatum": "2026-11-21T08:00:00Z",
            "status": "in_behandeling",
            "tekst": "Ik wil een <b>vergunning</b>",
        }
    )
    url = publiceren.url_van(klant.pk)
    verzoeken.koppelingen.zet({"klant": url, "verzoek": rij["url"], "rol": "initiator"})
    return klant


def test_een_verzoek_staat_er_met_stand_en_kenmerk(klant, noor):
    antwoord = noor.get("/meldingen/")
    gelezen = tekst(antwoord)
    assert "VERZOEK-2026-7" in gelezen
    assert "Wij zijn ermee bezig." in gelezen
    assert "<b>vergunning" not in antwoord.content.decode()


def test_een_register_dat_weg_is_kost_een_mededeling(klant, noor, verzoeken):
    verzoeken.stop()
    antwoord = noor.get("/meldingen/")
    assert antwoord.status_code == 200
    assert "Wij kunnen nu niet alles laten zien." in tekst(antwoord)


def test_een_ander_ziet_het_niet(klant):
    omar = Mens().log_in(OMAR)
    vul(OMAR, NieuweNaam("Omar"))
    assert "VERZOEK-2026-7" not in tekst(omar.get("/meldingen/"))


def test_zonder_registers_staat_er_niets_over(settings, noor):
    settings.BUREN = {}
    assert "van uw contacten noteerde" not in tekst(noor.get("/meldingen/"))
