"""Wie mijn gegevens gebruikte, en aan wie een wijziging is doorgegeven."""

import pytest
from django.utils import timezone

from portal.logboek.activiteiten import Activiteit
from portal.logboek.inzage import gebruik_van
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from tests.mijn import vulling

ADRES = "/gebruik/"


PARKEREN = Gebruiker(organisatie="823288444", naam="Waterveen", afdeling="Team Parkeren")


def kijk(klant, *, eigen=False):
    """Team Parkeren, of Noor zelf, bekijkt de gegevens van Noor."""
    gebruik = Gebruik(
        activiteit=Activiteit.VERSTREKKEN,
        naam="lezen",
        doel="Parkeervergunning verlengen",
        gegevens=["naam", "telefoon"],
        eigen=eigen,
    )
    leg_gebruik_vast([klant.pk], gebruik=gebruik, door=PARKEREN, op=timezone.now())


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize("keer_zelf", [0, 21])
def test_de_tegel_noemt_wie_keek_hoe_vaak_noor_daarna_zelf_ook_keek(noor, keer_zelf):
    kijk(klant := vulling.vul_noor())
    for _ in range(keer_zelf):
        kijk(klant, eigen=True)
    assert "Laatste keer: Team Parkeren" in noor.lees("/overzicht/")
    assert len(gebruik_van(klant.pk, hooguit=1, ook_eigen=False)) == 1


@pytest.mark.uitgangspunt("PUR-1")
def test_noor_ziet_wie_keek_waarvoor_en_naar_wat(noor):
    kijk(vulling.vul_noor())
    bladzijde = noor.lees(ADRES)
    assert "Team Parkeren" in bladzijde
    assert "Parkeervergunning verlengen" in bladzijde
    assert "naam, telefoonnummer" in bladzijde


def test_een_ander_ziet_het_gebruik_van_noor_niet(noor, omar):
    vulling.vul_noor()
    assert "Niemand heeft uw gegevens gebruikt" in omar.lees(ADRES)
    assert "Er is nog niets doorgegeven." in omar.lees(ADRES)
