"""Een voorkeur wijzigen botst alleen met een andere wijziging van diezelfde voorkeur."""

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Klant, Voorkeur
from portal.klanten.regels import IntussenGewijzigd, NieuweVoorkeur, Voorkeursoort
from tests.klanten.conftest import gang

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("OWN-1")]
ZAKEN, TAAL = Voorkeursoort.ZAKEN, Voorkeursoort.TAAL


def kies(klant: Klant, soort: Voorkeursoort, keuze: str, *, gezien: int) -> None:
    keuzes = [NieuweVoorkeur(soort, keuze)]
    handelingen.wijzig_voorkeuren(klant.pk, keuzes=keuzes, **gang(gezien=gezien))


def gekozen() -> dict[str, str]:
    return dict(Voorkeur.objects.values_list("soort", "keuze"))


def test_twee_rijen_van_dezelfde_bladzijde_worden_allebei_bewaard(klant_noor: Klant) -> None:
    kies(klant_noor, ZAKEN, "post", gezien=klant_noor.versie)
    kies(klant_noor, TAAL, "en", gezien=klant_noor.versie)
    assert gekozen() == {"zaken": "post", "taal": "en"}


def test_dezelfde_rij_in_een_ander_tabblad_is_een_conflict(klant_noor: Klant) -> None:
    kies(klant_noor, ZAKEN, "post", gezien=klant_noor.versie)
    with pytest.raises(IntussenGewijzigd):
        kies(klant_noor, ZAKEN, "email", gezien=klant_noor.versie)
    assert gekozen() == {"zaken": "post"}


def test_vergeten_wat_intussen_anders_is_wordt_geweigerd(klant_noor: Klant) -> None:
    kies(klant_noor, ZAKEN, "post", gezien=klant_noor.versie)
    with pytest.raises(IntussenGewijzigd):
        handelingen.verwijder_waarden(
            klant_noor.pk, waarden=[Voorkeur.objects.get().pk], **gang(gezien=klant_noor.versie)
        )
    assert gekozen() == {"zaken": "post"}
