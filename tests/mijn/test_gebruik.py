"""Wie mijn gegevens gebruikte, en aan wie een wijziging is doorgegeven."""

import pytest
from django.utils import timezone

from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from tests.mijn import vulling

ADRES = "/gebruik/"


@pytest.mark.uitgangspunt("PUR-1")
def test_noor_ziet_wie_keek_waarvoor_en_naar_wat(noor):
    klant = vulling.vul_noor()
    leg_gebruik_vast(
        [klant.pk],
        gebruik=Gebruik(
            activiteit=Activiteit.VERSTREKKEN,
            naam="lezen",
            doel="Parkeervergunning verlengen",
            gegevens=["naam", "telefoon"],
        ),
        door=Gebruiker(organisatie="823288444", naam="Waterveen", afdeling="Team Parkeren"),
        op=timezone.now(),
    )
    bladzijde = noor.lees(ADRES)
    assert "Team Parkeren" in bladzijde
    assert "Parkeervergunning verlengen" in bladzijde
    assert "naam, telefoonnummer" in bladzijde


def test_een_ander_ziet_het_gebruik_van_noor_niet(noor, omar):
    vulling.vul_noor()
    assert "Niemand heeft uw gegevens gebruikt" in omar.lees(ADRES)
    assert "Er is nog niets doorgegeven." in omar.lees(ADRES)
