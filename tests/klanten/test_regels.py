"""De regels als tabel, en wie welke klant ziet."""

from dataclasses import replace

import pytest

from accounts.niveaus import Niveau
from portal.klanten import handelingen
from portal.klanten.models import DigitaalAdres, Klant
from portal.klanten.regels import (
    Authenticatie,
    IntussenGewijzigd,
    NieuwEmail,
    mag_relateren,
)
from tests.klanten.conftest import gang
from tests.mensen import (
    DE_KORENBLOEM,
    ELENI,
    KORENBLOEM_AAN_DE_HAVEN,
    NOOR,
    OMAR,
    YAMADA_GMBH,
)

LAAG, MIDDEN, SUBSTANTIEEL = Niveau.LAAG, Niveau.MIDDEN, Niveau.SUBSTANTIEEL


@pytest.mark.uitgangspunt("VAL-1")
@pytest.mark.parametrize(
    ("niveau", "vereist", "mag"),
    [
        (Niveau.GEEN, MIDDEN, False),
        (LAAG, MIDDEN, False),
        (MIDDEN, MIDDEN, True),
        (MIDDEN, SUBSTANTIEEL, False),
        (SUBSTANTIEEL, SUBSTANTIEEL, True),
        (Niveau.HOOG, SUBSTANTIEEL, True),
        (LAAG, Niveau.BASIS, False),  # lager dan de ondergrens kan geen gemeente
    ],
)
def test_alleen_met_voldoende_zekerheid(niveau: Niveau, vereist: Niveau, mag: bool) -> None:
    assert mag_relateren(replace(NOOR, niveau=niveau, vereist=vereist)) is mag


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-2", "CARD-4")
@pytest.mark.parametrize(
    ("door", "ziet"),
    [
        (DE_KORENBLOEM, {"bedrijf", "haven"}),
        (KORENBLOEM_AAN_DE_HAVEN, {"haven"}),
        (NOOR, {"noor"}),
        (ELENI, set()),
        (YAMADA_GMBH, set()),
        (OMAR, set()),
    ],
)
def test_wie_welke_klant_ziet(door: Authenticatie, ziet: set[str]) -> None:
    wie = {"bedrijf": DE_KORENBLOEM, "haven": KORENBLOEM_AAN_DE_HAVEN, "noor": NOOR}
    klanten = {naam: handelingen.registreer_klant(**gang(mens)).klant for naam, mens in wie.items()}
    zichtbaar = set(Klant.objects.van(door).values_list("pk", flat=True))
    assert zichtbaar == {klanten[naam] for naam in ziet}


@pytest.mark.django_db
@pytest.mark.uitgangspunt("VAL-8")
def test_een_niet_gevalideerde_klant_is_van_niemand() -> None:
    Klant.objects.create(
        bronorganisatie=NOOR.bronorganisatie, klantnummer="10000001", actief_op=gang()["op"]
    )
    leeg = replace(NOOR, subjectsoort="", subject_index="")  # type: ignore[arg-type]
    assert not Klant.objects.van(leeg).exists()


@pytest.mark.django_db
def test_een_adres_dat_intussen_veranderde_wordt_niet_overschreven(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    with pytest.raises(IntussenGewijzigd):
        handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=2))
    with pytest.raises(IntussenGewijzigd):
        handelingen.wijzig_digitaal_adres(
            klant_noor.pk, waarde=adres_noor.pk, adres=NieuwEmail("x@example.nl"), **gang(gezien=1)
        )
    assert DigitaalAdres.objects.get().waarde == "noor@example.nl"
