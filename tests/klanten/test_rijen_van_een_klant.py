"""De rijen van één klant: gevraagd met de vraag van Django, die maar één keer geschreven wordt."""

import pytest

from portal.klanten.models import (
    DigitaalAdres,
    Klant,
    MetHerkomst,
    Naam,
    Postadres,
    Rekeningnummer,
    Voorkeur,
)
from tests.mijn import vulling

SOORTEN = [DigitaalAdres, Naam, Postadres, Rekeningnummer, Voorkeur]


def velden(rij: MetHerkomst) -> dict[str, object]:
    return {veld.attname: getattr(rij, veld.attname) for veld in rij._meta.concrete_fields}


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_rij_is_dezelfde_als_die_van_django_en_op_dezelfde_plaats(
    soort: type[MetHerkomst], db: None
) -> None:
    vulling.vul_korenbloem()
    noor = vulling.vul_noor()
    ons, django = soort.rijen_van(noor.pk), list(soort.objects.filter(klant=noor))
    assert ons == django
    assert len(ons) > 0
    assert [velden(rij) for rij in ons] == [velden(rij) for rij in django]
    assert {rij._state.db for rij in ons} == {"default"}


def test_elke_soort_die_een_klant_heeft_staat_hierboven() -> None:
    van_een_klant = {s for s in MetHerkomst.__subclasses__() if hasattr(s, "klant")}
    assert van_een_klant == set(SOORTEN)


def test_een_klant_leest_elke_soort_een_keer(db: None, django_assert_num_queries: object) -> None:
    vulling.vul_noor()
    noor = Klant.objects.get()
    with django_assert_num_queries(2):  # type: ignore[operator]
        for _ in range(3):
            assert len(noor.rijen(DigitaalAdres)) == 3
            assert len(noor.rijen(Voorkeur)) == 2
