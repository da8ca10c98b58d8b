"""Wat hier na zijn termijn verdwijnt, verdwijnt ook waar wij het publiceerden."""

from datetime import timedelta
from typing import Any

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen import opruimen
from portal.klanten.models import Interactie, Terugmelding
from portal.klanten.regels import Contactgegevens, Interactiesoort, Terugmeldstatus
from portal.registers import terugmelding
from portal.registers.interacties import publiceren
from portal.registers.models import Bijwerking, Publicatie
from tests.mensen import NU
from tests.nep_contactmomenten import NepContactmomenten, NepInteracties
from tests.nep_server import Antwoord, Handeling, Verzoek
from tests.nep_terugmelding import NepTerugmelding
from tests.nep_verzoeken import NepVerzoeken
from tests.registers.test_interacties import (  # noqa: F401 - fixtures
    bij,
    proces,
    thuis,
    vraagt,
    zet_anders,
)
from tests.registers.test_terugmelding import meldt

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("USE-8"), pytest.mark.lang]
NA_DE_TERMIJN = NU + timedelta(days=91)


def verloopt(interactie: Any) -> None:
    """The question is answered, and its term of ninety days passes."""
    handelingen.sluit_interactie_af(interactie, op=NU)
    bij()
    assert opruimen.ruim_interacties_op(op=NA_DE_TERMIJN) == 1
    assert not Interactie.objects.exists()


@pytest.mark.parametrize(
    ("nep", "soort"),
    [(NepContactmomenten, Interactiesoort.VRAAG), (NepVerzoeken, Interactiesoort.VERZOEK)],
)
def test_na_de_termijn_is_ook_daar_niets_meer_van_ons(koppel, proces, thuis, nep, soort):  # noqa: F811
    daar = koppel(nep())
    verloopt(vraagt(thuis, soort))
    assert len(daar.dingen.rijen) == len(daar.koppelingen.rijen) == 1
    assert publiceren.ruim_vervallen_op(NU) == 1
    bij()
    assert (daar.dingen.rijen, daar.koppelingen.rijen) == ({}, {})
    assert not Publicatie.objects.exists()
    assert publiceren.ruim_vervallen_op(NU) == 0


def vasthoudend(soort: type[NepInteracties]) -> NepInteracties:
    """A register that gives nothing up."""

    class Vasthoudend(soort):  # type: ignore[valid-type, misc]
        def handelingen(self) -> dict[tuple[str, str], Handeling]:
            return {**super().handelingen(), ("delete", f"/{self.naam}/{{uuid}}"): self.nee}

        def nee(self, verzoek: Verzoek) -> Antwoord:
            return self.fout(409, "zaak-houdt-vast")

    return Vasthoudend()


@pytest.mark.parametrize(
    ("nep", "soort"),
    [(NepContactmomenten, Interactiesoort.VRAAG), (NepVerzoeken, Interactiesoort.VERZOEK)],
)
def test_wat_daar_niet_weg_mag_houdt_niets_van_deze_mens(koppel, proces, thuis, nep, soort):  # noqa: F811
    daar = koppel(vasthoudend(nep))
    interactie = vraagt(thuis, soort)
    anders = Contactgegevens(voorkeurskanaal="telefoon", voorkeurstaal="en")
    zet_anders(thuis, interactie, anders)
    verloopt(interactie)
    publiceren.ruim_vervallen_op(NU)
    bij()
    [ding] = daar.dingen.rijen.values()
    assert (ding["voorkeurskanaal"], ding.get("voorkeurstaal", "")) == ("", "")
    assert daar.koppelingen.rijen == {}
    assert not Publicatie.objects.exists()


def test_een_buur_die_weg_is_hoort_het_later(koppel, proces, thuis):  # noqa: F811
    daar = koppel(NepContactmomenten())
    verloopt(vraagt(thuis))
    daar.stop()
    publiceren.ruim_vervallen_op(NU)
    with pytest.raises(AssertionError):
        bij()
    eerder = Bijwerking.objects.values().get()
    assert publiceren.ruim_vervallen_op(NU + timedelta(hours=1)) == 0
    assert (Bijwerking.objects.values().get(), eerder["pogingen"]) == (eerder, 1)
    assert Publicatie.objects.exists()
    daar.start()
    Bijwerking.objects.update(na=NU)
    bij()
    assert daar.dingen.rijen == {}


def test_wat_nog_loopt_blijft_staan(koppel, proces, thuis):  # noqa: F811
    daar = koppel(NepContactmomenten())
    vraagt(thuis)
    bij()
    assert publiceren.ruim_vervallen_op(NU) == 0
    assert len(daar.dingen.rijen) == 1


def test_van_een_terugmelding_die_is_opgeruimd_blijft_geen_verwijzing(koppel, mens, noor):
    koppel(NepTerugmelding())
    rij = meldt(mens(noor))
    bij()
    handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus.AFGEROND, op=NU)
    assert terugmelding.vergeet_vervallen() == 0
    assert opruimen.ruim_terugmeldingen_op(op=NU + timedelta(days=366)) == 1
    assert terugmelding.vergeet_vervallen() == 1
    assert not Terugmelding.objects.exists()
