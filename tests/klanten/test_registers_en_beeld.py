"""Los van de registers, open voor wie er niet in staat, en alleen in beeld wie dat mag zijn."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from accounts.niveaus import Niveau
from portal.klanten import handelingen
from portal.klanten.handelingen import opruimen
from portal.klanten.models import Gebeurtenis, Klant, Naam, Postadres, Terugmelding
from portal.klanten.regels import (
    NietGevonden,
    NieuwBuitenlandsAdres,
    NieuweNaam,
    NieuweTerugmelding,
    Register,
    Terugmeldstatus,
)
from tests.klanten.conftest import gang
from tests.klanten.test_verwijderen import in_databank
from tests.mensen import (
    DE_KORENBLOEM,
    ELENI,
    KORENBLOEM_AAN_DE_HAVEN,
    NOOR,
    NU,
    OMAR,
    WATERVEEN,
    YAMADA_GMBH,
)

pytestmark = pytest.mark.django_db

MELDING = NieuweTerugmelding(
    register=Register.BRP, gegeven="geboorteplaats", toelichting="Dit klopt niet", voorstel="Delft"
)


@pytest.mark.uitgangspunt("REG-2")
def test_een_terugmelding_raakt_de_klant_niet(klant_noor: Klant) -> None:
    rij = handelingen.meld_terug(melding=MELDING, door=NOOR, op=NU)
    klant_noor.refresh_from_db()
    gebeurtenis = Gebeurtenis.objects.get(soort="melding.ontvangen")
    assert (klant_noor.versie, gebeurtenis.onderwerp, gebeurtenis.velden) == (1, rij.pk, [])
    assert Terugmelding.objects.get().voorstel == "Delft"
    assert not in_databank("Delft")


@pytest.mark.uitgangspunt("REG-2")
def test_de_melder_ziet_hoe_ver_het_is_en_een_ander_niet() -> None:
    rij = handelingen.meld_terug(melding=MELDING, door=NOOR, op=NU)
    handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus.IN_ONDERZOEK, op=NU)
    assert [melding.status for melding in handelingen.eigen_terugmeldingen(NOOR)] == [
        "in_onderzoek"
    ]
    assert handelingen.eigen_terugmeldingen(OMAR) == []
    with pytest.raises(NietGevonden):
        handelingen.zet_terugmeldstatus(
            klant_zonder_melding(), status=Terugmeldstatus.AFGEROND, op=NU
        )


def klant_zonder_melding():  # type: ignore[no-untyped-def]
    return handelingen.registreer_klant(**gang(OMAR)).klant


def test_een_afgeronde_terugmelding_blijft_een_jaar() -> None:
    rij = handelingen.meld_terug(melding=MELDING, door=NOOR, op=NU)
    jaar = timedelta(days=365)
    assert opruimen.ruim_terugmeldingen_op(op=NU + 2 * jaar) == 0
    handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus.AFGEROND, op=NU)
    assert opruimen.ruim_terugmeldingen_op(op=NU + jaar - timedelta(seconds=1)) == 0
    assert opruimen.ruim_terugmeldingen_op(op=NU + jaar) == 1


@pytest.mark.uitgangspunt("REG-3")
def test_een_eigen_naam_blijft_staan_wat_een_register_ook_zegt(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Zonnestraal"), **gang(gezien=1))
    handelingen.registreer_klant(**gang(OMAR))
    assert Naam.objects.get(klant=klant_noor).waarde == "Zonnestraal"


@pytest.mark.uitgangspunt("REG-4")
def test_het_adres_heet_voorkeurscorrespondentieadres() -> None:
    schema = json.loads(Path("portal/klanten/meenemen.schema.json").read_text())
    postadres = schema["properties"]["klantgegevens"]["properties"]["postadres"]
    assert postadres["description"] == "voorkeurscorrespondentieadres"


@pytest.mark.uitgangspunt("INT-1")
def test_wie_met_eidas_inlogt_wordt_een_gevalideerde_klant() -> None:
    handelingen.wijzig_naam(None, naam=NieuweNaam("Ελένη"), **gang(ELENI))
    adres = NieuwBuitenlandsAdres(landcode="GR", regel1="Ερμού 1", regel2="105 63 Αθήνα")
    klant = Klant.objects.van(ELENI).get()
    handelingen.wijzig_postadres(klant.pk, adres=adres, **gang(ELENI, gezien=1))
    assert (klant.subjectsoort, klant.subject_land, klant.persoon) == ("buitenlands", "GR", True)
    assert Postadres.objects.get().regels() == ["Ερμού 1", "105 63 Αθήνα", "GR"]


@pytest.mark.uitgangspunt("INT-1")
def test_een_buitenlandse_organisatie_is_geen_mens() -> None:
    for _ in range(2):
        handelingen.registreer_klant(**gang(YAMADA_GMBH))
    assert {klant.persoon for klant in Klant.objects.van(YAMADA_GMBH)} == {False}
    assert Klant.objects.count() == 2


@pytest.mark.uitgangspunt("USE-7")
def test_een_hogere_ondergrens_haalt_wie_lager_inlogde_meteen_uit_beeld(
    klant_noor: Klant,
) -> None:
    assert Klant.objects.klantbeeld(vanaf=Niveau.SUBSTANTIEEL).exists()
    assert not Klant.objects.klantbeeld(vanaf=Niveau.HOOG).exists()
    hoger = replace(NOOR, niveau=Niveau.HOOG)
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(hoger, gezien=1))
    assert Klant.objects.klantbeeld(vanaf=Niveau.HOOG).exists()


@pytest.mark.uitgangspunt("USE-7")
def test_een_bedrijf_dat_zekerder_inlogt_neemt_de_klant_van_zijn_vestiging_niet_over() -> None:
    haven = handelingen.registreer_klant(**gang(KORENBLOEM_AAN_DE_HAVEN)).klant
    bedrijf = replace(DE_KORENBLOEM, niveau=Niveau.HOOG)
    later = gang(bedrijf, gezien=1, na=timedelta(days=1))
    handelingen.wijzig_naam(haven, naam=NieuweNaam("De Haven"), **later)
    klant = Klant.objects.van(KORENBLOEM_AAN_DE_HAVEN).get()
    assert (klant.subjectsoort, klant.subject_index, klant.subject_verzegeld) == (
        "vestiging", "index-van-vestiging-haven", "verzegeld-van-vestiging-haven",
    )  # fmt: skip
    bevestigd = (klant.gevalideerd_niveau, klant.gevalideerd_op)
    assert bevestigd == (Niveau.HOOG, NU + timedelta(days=1))


@pytest.mark.uitgangspunt("USE-7", "USE-1")
def test_een_verwijderde_klant_is_meteen_niet_meer_te_vinden(klant_noor: Klant) -> None:
    def gevonden() -> bool:
        index = NOOR.subject_index
        return Klant.objects.met_subject(index, bronorganisatie=WATERVEEN).exists()

    assert gevonden()
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert not gevonden()
