"""Opslaan: de eerste keer maakt een gevalideerde klant, daarna telt elke wijziging één versie."""

import ast
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from accounts.niveaus import Niveau
from portal.klanten import gevolgen, handelingen
from portal.klanten.handelingen import sleutels
from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant, Naam, Waarde
from portal.klanten.regels import (
    GevalideerdeKlantBestaat,
    IntussenGewijzigd,
    NietGevonden,
    NieuwEmail,
    NieuweNaam,
    NieuwPostadres,
    NieuwTelefoon,
    OnvoldoendeBetrouwbaar,
    SleutelHergebruikt,
)
from tests.klanten.conftest import gang
from tests.mensen import DE_KORENBLOEM, HEUVELLAND, NOOR, NU, OMAR

pytestmark = pytest.mark.django_db
UITVOERDERS = {"voer_uit", "voer_verwijdering_uit"}


@pytest.mark.uitgangspunt("VAL-3", "OWN-1")
def test_de_eerste_keer_opslaan_maakt_een_gevalideerde_klant() -> None:
    uitkomst = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang())
    klant = Klant.objects.get(pk=uitkomst.klant)
    assert (klant.gevalideerd, klant.gevalideerd_middel, klant.versie) == (True, "digid", 1)
    gebeurtenis = Gebeurtenis.objects.get()
    assert (gebeurtenis.soort, gebeurtenis.velden) == ("klant.aangemaakt", ["naam"])


@pytest.mark.uitgangspunt("VAL-3")
def test_daarna_wijzigt_opslaan_dezelfde_klant(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    assert Naam.objects.get().waarde == "Noortje"
    versies = Gebeurtenis.objects.order_by("versie").values_list("versie", "soort")
    assert list(versies) == [(1, "klant.aangemaakt"), (2, "klant.gewijzigd")]


@pytest.mark.uitgangspunt("VAL-1")
def test_met_een_te_lage_inlog_wordt_niets_bewaard() -> None:
    laag = replace(NOOR, niveau=Niveau.LAAG)
    with pytest.raises(OnvoldoendeBetrouwbaar):
        handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang(laag))
    assert (Klant.objects.count(), Gebeurtenis.objects.count()) == (0, 0)


@pytest.mark.uitgangspunt("OWN-2")
def test_de_klant_van_een_ander_bestaat_niet(klant_noor: Klant) -> None:
    with pytest.raises(NietGevonden):
        handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Omar"), **gang(OMAR, gezien=1))
    assert Naam.objects.get().waarde == "Noor"


def test_wie_een_oude_stand_zag_overschrijft_niets(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    with pytest.raises(IntussenGewijzigd):
        handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Eleonora"), **gang(gezien=1))
    assert Naam.objects.get().waarde == "Noortje"


def test_een_ander_gegeven_mag_vanuit_een_oudere_stand(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    adres = NieuwPostadres(postcode="1234 ab", huisnummer=5)
    uitkomst = handelingen.wijzig_postadres(klant_noor.pk, adres=adres, **gang(gezien=1))
    assert uitkomst.versie == 3


def test_twee_keer_hetzelfde_formulier_verandert_een_keer_iets() -> None:
    sleutel = uuid4()
    eerste = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang(sleutel=sleutel))
    tweede = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang(sleutel=sleutel))
    assert tweede == replace(eerste, herhaald=True)
    assert (Klant.objects.count(), Gebeurtenis.objects.count()) == (1, 1)


def test_de_sleutel_onthoudt_wat_een_ander_knooppunt_ook_zou_onthouden(klant_noor: Klant) -> None:
    """During a rollout an older node may answer the same form: the digest is as it always was."""
    sleutels_ = [uuid4(), uuid4()]
    naam = NieuweNaam("Noortje")
    handelingen.wijzig_naam(klant_noor.pk, naam=naam, **gang(gezien=1, sleutel=sleutels_[0]))
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=2, sleutel=sleutels_[1]))
    vroeger = [
        ("wijzig_naam", naam),
        ("voer_verwijdering_uit", ("verwijder_naam.<locals>.haal_weg", None)),
    ]
    for sleutel, (handeling, inhoud) in zip(sleutels_, vroeger, strict=True):
        assert sleutels.neem(sleutel, handeling, inhoud, door=NOOR, op=NU)


def test_elke_handeling_noemt_zichzelf() -> None:
    """The name is part of the key of a form, so two acts may not share one."""
    genoemd = []
    for bestand in Path("portal/klanten/handelingen").glob("*.py"):
        for functie in ast.parse(bestand.read_text()).body:
            for roep in ast.walk(functie):
                if isinstance(roep, ast.Call) and getattr(roep.func, "id", "") in UITVOERDERS:
                    [naam] = [k.value for k in roep.keywords if k.arg == "handeling"]
                    genoemd.append((functie.name, naam.value))
    assert len(genoemd) > 20
    assert [paar for paar in genoemd if len(set(paar)) > 1] == []


def test_een_gebruikte_sleutel_met_andere_inhoud_wordt_geweigerd() -> None:
    sleutel = uuid4()
    handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang(sleutel=sleutel))
    with pytest.raises(SleutelHergebruikt):
        handelingen.wijzig_naam(None, naam=NieuweNaam("Eleonora"), **gang(sleutel=sleutel))


def test_dezelfde_waarde_nog_eens_is_geen_wijziging(klant_noor: Klant) -> None:
    uitkomst = handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noor"), **gang(gezien=1))
    assert (uitkomst.gewijzigd, uitkomst.versie) == (False, 1)
    assert Gebeurtenis.objects.count() == 1


@pytest.mark.uitgangspunt("CARD-1")
def test_een_mens_heeft_een_gevalideerde_klant_per_organisatie(klant_noor: Klant) -> None:
    with pytest.raises(GevalideerdeKlantBestaat):
        handelingen.registreer_klant(**gang())
    handelingen.registreer_klant(**gang(replace(NOOR, bronorganisatie=HEUVELLAND)))
    assert Klant.objects.count() == 2


@pytest.mark.uitgangspunt("CARD-2")
def test_een_bedrijf_heeft_zoveel_contactpunten_als_het_wil() -> None:
    for naam in ("Administratie", "Directie", "Winkel"):
        waarden = [NieuweNaam(naam)]
        handelingen.registreer_klant(waarden=waarden, **gang(DE_KORENBLOEM))
    assert Klant.objects.van(DE_KORENBLOEM).count() == 3


@pytest.mark.uitgangspunt("USE-6")
def test_elke_waarde_weet_van_wie_zij_komt(klant_noor: Klant) -> None:
    naam = Naam.objects.get()
    assert (naam.gegeven_door, naam.middel, naam.niveau) == ("pseudoniem-noor", "digid", 30)
    assert (naam.gegeven_op, naam.gegeven_via) == (NU, "portaal")


def test_een_nieuw_emailadres_is_eerst_een_voorstel(klant_noor: Klant) -> None:
    adres = NieuwEmail("noor@example.nl")
    handelingen.voeg_digitaal_adres_toe(klant_noor.pk, adres=adres, **gang(gezien=1))
    rij = DigitaalAdres.objects.get()
    assert (rij.waarde, rij.stand, rij.standaard) == ("noor@example.nl", "voorgesteld", False)


@pytest.mark.uitgangspunt("OWN-5")
def test_een_waarde_verwijderen_wist_haar_ook_uit_de_geschiedenis(klant_noor: Klant) -> None:
    telefoon = NieuwTelefoon("06 12345678")
    handelingen.voeg_digitaal_adres_toe(klant_noor.pk, adres=telefoon, **gang(gezien=1))
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=2))
    assert DigitaalAdres.objects.get().waarde == "+31612345678"
    assert not Naam.objects.exists()
    assert [waarde.nieuw for waarde in Waarde.objects.all()] == ["+31612345678"]


@pytest.mark.uitgangspunt("OWN-5")
def test_de_klant_verwijderen_laat_alleen_feiten_zonder_waarden(klant_noor: Klant) -> None:
    uitkomst = handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert (Klant.objects.count(), Waarde.objects.count()) == (0, 0)
    laatste = Gebeurtenis.objects.get(versie=uitkomst.versie)
    assert (laatste.soort, laatste.onderwerp, laatste.velden) == (
        "klant.verwijderd",
        klant_noor.pk,
        [],
    )


@pytest.mark.uitgangspunt("OWN-7")
def test_faalt_een_gevolg_dan_is_er_niets_veranderd(
    klant_noor: Klant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faal(gebeurtenis: Gebeurtenis) -> None:
        raise OSError(gebeurtenis.soort)

    monkeypatch.setattr(gevolgen, "_gevolgen", {"proef": faal})
    with pytest.raises(OSError, match=r"klant\.gewijzigd"):
        handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    assert Naam.objects.get().waarde == "Noor"


def test_een_klant_met_alles_kost_vier_vragen(
    klant_noor: Klant, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        klant = Klant.objects.met_waarden().get(pk=klant_noor.pk)
        assert klant.naam.waarde == "Noor"
        assert not [*klant.digitale_adressen.all(), *klant.voorkeuren.all()]


def test_zonder_sleutel_is_een_formulier_nooit_al_gedaan() -> None:
    assert sleutels.al_gedaan(None) is False
