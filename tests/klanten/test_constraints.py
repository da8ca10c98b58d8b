"""De databank kent de harde regels bij naam, ook voor wie om de code heen gaat."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from portal.klanten import handelingen
from portal.klanten.handelingen.transactie import valideer
from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant
from portal.klanten.regels import NieuwEmail
from tests.klanten.conftest import bevestigd_adres, gang
from tests.mensen import (
    DE_KORENBLOEM,
    ELENI,
    HEUVELLAND,
    KORENBLOEM_AAN_DE_HAVEN,
    NOOR,
    NU,
    WATERVEEN,
    YAMADA_GMBH,
)

pytestmark = pytest.mark.django_db

SUBJECT = {
    "natuurlijk_persoon": NOOR,
    "niet_natuurlijk_persoon": DE_KORENBLOEM,
    "vestiging": KORENBLOEM_AAN_DE_HAVEN,
    "buitenlands": ELENI,
}


def geweigerd_door(vraag: str, waarden: list[object]) -> str | None:
    """Voer SQL uit; geef de naam van de constraint die weigert, of None."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(vraag, waarden)
    except IntegrityError as fout:
        return fout.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return None


def zet(klant: Klant, **velden: object) -> str | None:
    toewijzing = ", ".join(f"{veld} = %s" for veld in velden)
    vraag = f"update klanten_klant set {toewijzing} where id = %s"  # noqa: S608 - eigen namen
    return geweigerd_door(vraag, [*velden.values(), klant.pk])


def nieuw(nummer: int = 10_000_001) -> Klant:
    return Klant(bronorganisatie=WATERVEEN, klantnummer=str(nummer), actief_op=NU)


@pytest.mark.uitgangspunt("CARD-1", "INT-3")
@pytest.mark.parametrize("wie", [NOOR, ELENI])
def test_een_tweede_gevalideerde_klant_van_een_mens_kan_niet(wie: object) -> None:
    valideer(nieuw(1), wie, op=NU)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="een_gevalideerde_klant_per_natuurlijk_persoon"):
        valideer(nieuw(2), wie, op=NU)  # type: ignore[arg-type]


@pytest.mark.uitgangspunt("CARD-2", "INT-3")
@pytest.mark.parametrize("wie", [DE_KORENBLOEM, KORENBLOEM_AAN_DE_HAVEN, YAMADA_GMBH])
def test_van_een_organisatie_kunnen_er_meer_zijn(wie: object) -> None:
    for nummer in (1, 2, 3):
        valideer(nieuw(nummer), wie, op=NU)  # type: ignore[arg-type]
    assert Klant.objects.van(wie).count() == 3  # type: ignore[arg-type]


@pytest.mark.uitgangspunt("CARD-1")
def test_bij_een_andere_organisatie_mag_een_mens_opnieuw_klant_zijn() -> None:
    valideer(nieuw(), NOOR, op=NU)
    elders = replace(NOOR, bronorganisatie=HEUVELLAND)
    valideer(Klant(bronorganisatie=HEUVELLAND, klantnummer="10000001", actief_op=NU), elders, op=NU)
    assert Klant.objects.count() == 2


@pytest.mark.uitgangspunt("VAL-6")
def test_gevalideerd_zonder_subject_kan_niet_en_subject_zonder_gevalideerd_ook_niet() -> None:
    los, vast = nieuw(1), nieuw(2)
    los.save()
    valideer(vast, NOOR, op=NU)
    wie = {"gevalideerd_op": NU, "gevalideerd_middel": "digid", "gevalideerd_niveau": 30}
    assert zet(los, gevalideerd=True, **wie) == "gevalideerd_desda_subject"
    assert zet(vast, gevalideerd=False) == "gevalideerd_desda_subject"


@pytest.mark.uitgangspunt("CARD-3")
@pytest.mark.parametrize("van", SUBJECT)
@pytest.mark.parametrize("naar", SUBJECT)
def test_een_klant_houdt_haar_ene_subject(van: str, naar: str) -> None:
    klant = nieuw()
    valideer(klant, SUBJECT[van], op=NU)
    doel = SUBJECT[naar]
    anders = zet(
        klant,
        subjectsoort=naar,
        subject_index=doel.subject_index,
        bedrijf_index=doel.bedrijf_index,
        rsin_index=doel.rsin_index,
        subject_land=doel.land,
        persoon=doel.persoon,
    )
    assert anders == (None if van == naar else "subject_verandert_nooit")


@pytest.mark.uitgangspunt("CARD-3")
@pytest.mark.parametrize(
    ("wie", "velden"),
    [
        (NOOR, {"bedrijf_index": "index-van-kvk"}),
        (NOOR, {"subject_land": "GR"}),
        (NOOR, {"persoon": False}),
        (DE_KORENBLOEM, {"persoon": True}),
        (DE_KORENBLOEM, {"bedrijf_index": ""}),
        (ELENI, {"subject_land": ""}),
        (ELENI, {"rsin_index": "index-van-rsin"}),
        (NOOR, {"subject_verzegeld": ""}),
    ],
)
def test_mens_en_bedrijf_in_een_klant_kan_niet(wie: object, velden: dict[str, object]) -> None:
    klant = nieuw()
    valideer(klant, wie, op=NU)  # type: ignore[arg-type]
    assert zet(klant, **velden) == "hooguit_een_subject"


def test_een_klantnummer_is_uniek_binnen_de_organisatie() -> None:
    nieuw(7).save()
    with pytest.raises(IntegrityError, match="klantnummer_uniek"):
        nieuw(7).save()


@pytest.mark.uitgangspunt("OWN-7")
@pytest.mark.parametrize("versie", [1, 3])
def test_een_versie_volgt_op_de_vorige(klant_noor: Klant, versie: int) -> None:
    rij = Gebeurtenis.objects.get()
    rij.pk, rij.versie = None, versie
    rij._state.adding = True
    with pytest.raises(IntegrityError) as fout:
        rij.save(force_insert=True)
    assert fout.value.__cause__.diag.constraint_name == "versies_zonder_gaten"  # type: ignore[union-attr]


def test_de_klant_slaat_geen_versie_over(klant_noor: Klant) -> None:
    assert zet(klant_noor, versie=3) == "klant_versie_zonder_gat"


def test_van_elke_soort_kan_er_maar_een_standaard_zijn(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[object]
) -> None:
    tweede = bevestigd_adres(klant_noor, NieuwEmail("tweede@example.nl"), post)  # type: ignore[arg-type]
    vraag = "update klanten_digitaaladres set standaard = true where id = %s"
    assert geweigerd_door(vraag, [tweede.pk]) == "een_standaard_per_soort"


@pytest.mark.uitgangspunt("USE-6", "MIN-1")
@pytest.mark.parametrize(
    ("tabel", "veld"), [("naam", "gegeven_door"), ("naam", "middel"), ("naam", "gegeven_via")]
)
def test_geen_waarde_zonder_herkomst(klant_noor: Klant, tabel: str, veld: str) -> None:
    vraag = f"update klanten_{tabel} set {veld} = ''"  # noqa: S608 - eigen namen
    assert geweigerd_door(vraag, []) == f"{tabel}_waarde_heeft_herkomst"


@pytest.mark.uitgangspunt("MIN-1")
def test_een_klant_zonder_enig_gegeven_is_een_klant() -> None:
    uitkomst = handelingen.registreer_klant(**gang())
    assert Klant.objects.get(pk=uitkomst.klant).gevalideerd


def test_een_voorstel_is_nooit_de_standaard(klant_noor: Klant, adres_noor: DigitaalAdres) -> None:
    vraag = "update klanten_digitaaladres set stand = 'voorgesteld', bevestigd_op = null"
    assert geweigerd_door(vraag, []) == "standaard_is_in_gebruik"
