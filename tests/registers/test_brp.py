"""The BRP beside one's own values: the smallest question, the right person, nothing kept."""

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.registers import basisgegevens, brp
from portal.registers.models import Buurstand
from portal.registers.verbinding import Geweigerd, NietGekoppeld, Onbereikbaar
from tests.nep_brp import NepBrp
from tests.registers.conftest import zet

pytestmark = pytest.mark.django_db


@pytest.mark.uitgangspunt("REG-1")
def test_noor_ziet_haar_naam_en_adres_uit_de_brp(koppel, noor):
    koppel(NepBrp())
    assert brp.persoon(noor) == brp.Persoon(
        naam="Noor Elisabeth de Wit", adresregels=("Dorpsstraat 1", "1234 AB WATERVEEN")
    )


@pytest.mark.uitgangspunt("MIN-5")
def test_de_brp_krijgt_de_kleinste_vraag(koppel, noor):
    nep = koppel(NepBrp())
    brp.persoon(noor)
    assert nep.verzoeken[0].inhoud == {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": ["999990019"],
        "fields": [
            "burgerservicenummer",
            "naam.volledigeNaam",
            "adressering.adresregel1",
            "adressering.adresregel2",
            "adressering.adresregel3",
            "adressering.land",
        ],
    }


@pytest.mark.uitgangspunt("REG-6")
def test_wie_niet_in_de_brp_staat_is_geen_storing(koppel, onbekende):
    koppel(NepBrp())
    assert basisgegevens.persoon(onbekende).beeld is basisgegevens.Beeld.NIETS


@pytest.mark.uitgangspunt("REG-6")
def test_wie_geen_bsn_heeft_wordt_niet_opgezocht(koppel):
    nep = koppel(NepBrp())
    erika = Identiteit(Soort.EIDAS, "DE/NL/test-0001")
    assert basisgegevens.persoon(erika).beeld is basisgegevens.Beeld.NIETS
    assert nep.verzoeken == []


def test_een_gegeven_in_onderzoek_is_te_herkennen(koppel, omar):
    koppel(NepBrp())
    persoon = brp.persoon(omar)
    assert persoon is not None
    assert persoon.in_onderzoek


def test_wie_is_geemigreerd_krijgt_land_en_reden_te_zien(koppel):
    koppel(NepBrp())
    ada = brp.persoon(Identiteit(Soort.BSN, "999990433"))
    assert ada is not None
    assert (ada.land, ada.opgeschort) == ("Zweden", "emigratie")


def test_zonder_instelling_is_er_geen_brp(settings, noor):
    settings.BUREN = {}
    assert basisgegevens.persoon(noor).beeld is basisgegevens.Beeld.UIT
    with pytest.raises(NietGekoppeld):
        brp.persoon(noor)


def test_een_verkeerde_sleutel_is_een_storing(koppel, settings, noor):
    nep = koppel(NepBrp())
    settings.BUREN = {"brp": {"url": nep.url, "geheim": "een-andere-sleutel"}}
    with pytest.raises(Onbereikbaar, match="status-401"):
        brp.persoon(noor)


def test_een_vraag_buiten_het_bestand_wordt_geweigerd(koppel, noor, monkeypatch):
    koppel(NepBrp())
    monkeypatch.setattr(brp, "VELDEN", ("burgerservicenummer", "naam; drop"))
    with pytest.raises(Geweigerd, match="status-400"):
        brp.persoon(noor)


def test_de_koppen_van_een_tussenstation_gaan_mee(koppel, settings, noor):
    nep = koppel(NepBrp())
    settings.BUREN["brp"]["koppen"] = "x-origin-oin=00000001823288444000,x-gebruiker=BurgerZelf"
    brp.persoon(noor)
    assert nep.verzoeken[0].koppen["x-gebruiker"] == "BurgerZelf"


@pytest.mark.uitgangspunt("MIN-5")
def test_van_een_bezoek_aan_de_brp_blijft_alleen_de_stand_over(koppel, noor):
    koppel(NepBrp())
    brp.persoon(noor)
    rij = Buurstand.objects.get()
    assert (rij.naam, rij.reden) == ("brp", "")


@pytest.mark.uitgangspunt("REG-6")
def test_een_brp_die_weg_is_geeft_een_scherm_zonder_brp(settings, noor):
    settings.BUREN = {}
    zet(settings, "brp", "http://127.0.0.1:9")
    assert basisgegevens.persoon(noor).nu_niet
