"""Twee tabbladen: wat een knop doet, is wat er op die bladzijde stond, en anders niets."""

import pytest

from portal.klanten.models import Klant, Rekeningnummer
from tests.mijn import vulling
from tests.mijn.conftest import tekst, velden_van

pytestmark = pytest.mark.lang

GEGEVENS = "/mijn-gegevens/"
NAAM = f"{GEGEVENS}naam/"
REKENING, NAKIJKEN = f"{GEGEVENS}rekening/", f"{GEGEVENS}rekening/controle/"
KIEZEN, CONTROLE, KLAAR = "/verwijderen/", "/verwijderen/controle/", "/verwijderen/klaar/"
EERSTE = {"iban": "BE71 0961 2345 6769", "tenaamstelling": "N. de Vries"}
TWEEDE = {"iban": "DE89 3704 0044 0532 0130 00", "tenaamstelling": "N. de Vries"}


@pytest.fixture
def administratie(bakker):
    """De bakkerij met twee contactpunten; dat van de administratie staat open."""
    for naam in ("Administratie", "Directie"):
        bakker.verstuur(f"{GEGEVENS}contactpunten/toevoegen/", waarde=naam)
    open_contactpunt(bakker, "Administratie")
    return bakker


def open_contactpunt(mens, naam):
    klant = Klant.objects.get(naam__waarde=naam)
    mens.post(f"{GEGEVENS}contactpunten/openen/", {"contactpunt": str(klant.pk)})


def namen():
    return sorted(Klant.objects.values_list("naam__waarde", flat=True))


@pytest.mark.uitgangspunt("OWN-5")
def test_verwijderen_treft_nooit_het_contactpunt_van_een_ander_tabblad(administratie):
    administratie.post(KIEZEN, {"weg": ["alles"]})
    eerste_tab = velden_van(administratie.get(CONTROLE))
    open_contactpunt(administratie, "Directie")
    antwoord = administratie.post(CONTROLE, eerste_tab)
    assert antwoord.status_code == 409
    assert "Directie" in tekst(antwoord)
    assert namen() == ["Administratie", "Directie"]


def test_na_het_andere_contactpunt_te_zien_werkt_de_getoonde_knop(administratie):
    administratie.post(KIEZEN, {"weg": ["alles"]})
    eerste_tab = velden_van(administratie.get(CONTROLE))
    open_contactpunt(administratie, "Directie")
    getoond = velden_van(administratie.post(CONTROLE, eerste_tab))
    assert administratie.post(CONTROLE, getoond).url == KLAAR
    assert namen() == ["Administratie"]


@pytest.mark.parametrize("naam", ["Balie", "Directie"])
def test_een_naam_komt_nooit_bij_het_contactpunt_van_een_ander_tabblad(administratie, naam):
    eerste_tab = velden_van(administratie.get(NAAM)) | {"waarde": naam}
    open_contactpunt(administratie, "Directie")
    assert administratie.post(NAAM, eerste_tab).status_code == 409
    assert namen() == ["Administratie", "Directie"]


@pytest.mark.uitgangspunt("CARD-2")
@pytest.mark.parametrize(
    ("adres", "waarde"), [(NAAM, "Balie"), (f"{GEGEVENS}email/toevoegen/", "b@example.org")]
)
def test_wat_zonder_contactpunt_is_ingevuld_komt_nooit_bij_een_later(bakker, adres, waarde):
    eerste_tab = velden_van(bakker.get(adres)) | {"waarde": waarde}
    bakker.verstuur(f"{GEGEVENS}contactpunten/toevoegen/", waarde="Directie")
    assert bakker.post(adres, eerste_tab).status_code == 409
    assert Klant.objects.get().versie == 1


def test_twee_keer_versturen_van_het_eerste_formulier_is_een_contactpunt(bakker):
    formulier = velden_van(bakker.get(NAAM)) | {"waarde": "Balie"}
    assert {bakker.post(NAAM, formulier).status_code for _ in range(2)} == {303}
    assert (namen(), Klant.objects.get().versie) == (["Balie"], 1)


def test_een_mens_vult_in_twee_tabbladen_het_eerste_in(noor):
    tweede_tab = velden_van(noor.get(f"{GEGEVENS}email/toevoegen/")) | {"waarde": "n@example.org"}
    noor.verstuur(NAAM, waarde="Noor")
    assert noor.post(f"{GEGEVENS}email/toevoegen/", tweede_tab).status_code == 303
    assert Klant.objects.get().versie == 2


def test_een_naam_zonder_klant_bij_een_geziene_versie_wordt_geweigerd(administratie):
    kapot = velden_van(administratie.get(NAAM)) | {"waarde": "Balie", "klant": ""}
    assert administratie.post(NAAM, kapot).status_code == 409
    assert namen() == ["Administratie", "Directie"]


@pytest.mark.uitgangspunt("OWN-5")
def test_verwijderen_doet_alleen_wat_er_op_de_bladzijde_stond(noor):
    vulling.vul_noor()
    noor.post(KIEZEN, {"weg": ["naam"]})
    eerste_tab = velden_van(noor.get(CONTROLE))
    noor.post(KIEZEN, {"weg": ["alles"]})
    antwoord = noor.post(CONTROLE, eerste_tab)
    assert antwoord.status_code == 409
    assert Klant.objects.get().naam.waarde == "Noor de Vries"
    assert noor.post(CONTROLE, velden_van(antwoord)).url == KLAAR
    assert Klant.objects.count() == 0


def test_een_rekeningnummer_is_wat_er_op_de_bladzijde_stond(noor):
    noor.verstuur(REKENING, **EERSTE)
    eerste_tab = velden_van(noor.get(NAKIJKEN))
    noor.verstuur(REKENING, **TWEEDE)
    antwoord = noor.post(NAKIJKEN, eerste_tab)
    assert antwoord.status_code == 409
    assert TWEEDE["iban"] in tekst(antwoord)
    assert Rekeningnummer.objects.count() == 0
    noor.post(NAKIJKEN, velden_van(antwoord))
    assert Rekeningnummer.objects.get().iban == "DE89370400440532013000"


def test_een_rekeningnummer_komt_nooit_bij_een_ander_contactpunt(administratie):
    administratie.verstuur(REKENING, **EERSTE)
    eerste_tab = velden_van(administratie.get(NAKIJKEN))
    open_contactpunt(administratie, "Directie")
    assert administratie.post(NAKIJKEN, eerste_tab).status_code == 409
    assert Rekeningnummer.objects.count() == 0
