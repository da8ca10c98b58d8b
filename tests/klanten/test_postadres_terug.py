"""Een postadres dat er eerst stond komt terug zoals het was, en alleen bij wie het had."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Gebeurtenis, Klant, Postadres, Waarde
from portal.klanten.regels import (
    Adressoort,
    IntussenGewijzigd,
    NietGevonden,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
)
from tests.klanten.conftest import gang
from tests.mensen import OMAR

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("REG-4")]

THUIS = NieuwPostadres(
    postcode="1234 AB", huisnummer=12, huisletter="a", toevoeging="2-h", straat="Kade", plaats="W"
)
POSTBUS = NieuwPostadres(soort=Adressoort.POSTBUS, postcode="1234 AC", huisnummer=7, plaats="W")
BERLIJN = NieuwBuitenlandsAdres(landcode="DE", regel1="Weg 1", regel2="Berlin", tav="N. Jansen")


def verhuis(klant: Klant, *adressen: NieuwPostadres | NieuwBuitenlandsAdres) -> UUID:
    """Zet deze adressen na elkaar; geef de laatste Gebeurtenis."""
    for adres in adressen:
        klant.refresh_from_db()
        handelingen.wijzig_postadres(klant.pk, adres=adres, **gang(gezien=klant.versie))
    klant.refresh_from_db()
    return Gebeurtenis.objects.get(onderwerp=klant.pk, versie=klant.versie).pk


@pytest.mark.parametrize("eerst", [THUIS, POSTBUS, BERLIJN])
def test_het_adres_komt_terug_zoals_het_was(
    klant_noor: Klant, eerst: NieuwPostadres | NieuwBuitenlandsAdres
) -> None:
    verhuis(klant_noor, eerst)
    stond = Postadres.objects.get().regels()
    anders = verhuis(klant_noor, NieuwPostadres(postcode="1011 AA", huisnummer=1, plaats="A"))
    handelingen.herstel_postadres(
        klant_noor.pk, gebeurtenis=anders, **gang(gezien=klant_noor.versie)
    )
    terug = Postadres.objects.get()
    assert (terug.regels(), terug.soort) == (stond, eerst.soort)
    assert terug.regels() == eerst.regels()
    assert Gebeurtenis.objects.get(versie=4).velden == ["postadres"]


def test_een_oude_periode_komt_niet_mee(klant_noor: Klant) -> None:
    begin = gang()["op"].date()
    anders = verhuis(klant_noor, replace(THUIS, geldig_tot=begin), POSTBUS)
    handelingen.herstel_postadres(
        klant_noor.pk, gebeurtenis=anders, **gang(gezien=klant_noor.versie)
    )
    assert Postadres.objects.get().geldig_tot is None


def test_wie_een_oude_stand_zag_zet_niets_terug(klant_noor: Klant) -> None:
    anders = verhuis(klant_noor, THUIS, POSTBUS)
    with pytest.raises(IntussenGewijzigd):
        handelingen.herstel_postadres(klant_noor.pk, gebeurtenis=anders, **gang(gezien=2))


def test_wat_niets_verving_of_van_een_ander_is_komt_niet_terug(klant_noor: Klant) -> None:
    eerste = verhuis(klant_noor, THUIS)
    omar = handelingen.wijzig_postadres(None, adres=POSTBUS, **gang(OMAR)).klant
    for gebeurtenis in (eerste, uuid4()):
        with pytest.raises(NietGevonden):
            handelingen.herstel_postadres(klant_noor.pk, gebeurtenis=gebeurtenis, **gang(gezien=2))
    anders = verhuis(klant_noor, POSTBUS)
    with pytest.raises(NietGevonden):
        handelingen.herstel_postadres(omar, gebeurtenis=anders, **gang(OMAR, gezien=1))


def test_met_het_adres_gaan_ook_zijn_oude_delen_weg(klant_noor: Klant) -> None:
    verhuis(klant_noor, THUIS, POSTBUS)
    assert Waarde.objects.exclude(oude_delen=None).count() == 1
    handelingen.verwijder_postadres(klant_noor.pk, **gang(gezien=3))
    assert not Waarde.objects.filter(veld="postadres").exists()
