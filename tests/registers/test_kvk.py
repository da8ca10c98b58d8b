"""The Handelsregister: name, address and branches of the company that is logged in."""

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.registers import basisgegevens, kvk
from tests.nep_kvk import NepKvk

pytestmark = pytest.mark.django_db


@pytest.mark.uitgangspunt("REG-1")
def test_de_bakkerij_ziet_haar_naam_en_adres(koppel, bakkerij):
    koppel(NepKvk())
    bedrijf = kvk.onderneming(bakkerij)
    assert bedrijf == kvk.Onderneming(
        naam="Bakkerij De Korenbloem",
        rechtsvorm="Eenmanszaak",
        adresregels=("Dorpsstraat 3", "1234AB  Waterveen"),
    )


def test_een_vestiging_ziet_het_bedrijf_waar_zij_bij_hoort(koppel, werkplaats):
    koppel(NepKvk())
    bedrijf = kvk.onderneming(werkplaats)
    assert bedrijf is not None
    assert bedrijf.naam == "Test BV Donald"


def test_er_is_te_kiezen_uit_de_vestigingen_hoofd_vooraan(koppel, werkplaats):
    koppel(NepKvk())
    assert [(v.naam, v.hoofd) for v in kvk.vestigingen(werkplaats)] == [
        ("Test BV Donald", True),
        ("Test BV Donald, werkplaats", False),
    ]


@pytest.mark.uitgangspunt("CARD-2")
def test_een_vestigingsnummer_onder_een_ander_kvk_nummer_is_een_ander(koppel):
    koppel(NepKvk())
    vreemd = Identiteit(Soort.VESTIGING, "000037178601", "90000011")
    assert basisgegevens.vestiging(vreemd).nu_niet


def test_de_eigen_vestiging_wordt_gevonden(koppel, werkplaats):
    koppel(NepKvk())
    gevonden = kvk.vestiging(werkplaats)
    assert gevonden is not None
    assert gevonden.adres == "Havenkade 9, 1235AB Waterveen"


@pytest.mark.uitgangspunt("REG-6")
def test_een_onbekend_bedrijf_is_geen_storing(koppel):
    koppel(NepKvk())
    onbekend = Identiteit(Soort.KVK, "12345678")
    assert basisgegevens.onderneming(onbekend).beeld is basisgegevens.Beeld.NIETS
    assert kvk.vestigingen(onbekend) == ()


def test_een_inwoner_heeft_geen_onderneming(koppel, noor):
    nep = koppel(NepKvk())
    assert kvk.onderneming(noor) is None
    assert nep.verzoeken == []


def test_een_nummer_staat_nooit_in_de_tekst_van_een_antwoord(koppel, werkplaats):
    koppel(NepKvk())
    tekst = repr(kvk.onderneming(werkplaats)) + repr(kvk.vestigingen(werkplaats))
    assert not any(nummer in tekst for nummer in ("68750110", "000037178601", "857587973"))
