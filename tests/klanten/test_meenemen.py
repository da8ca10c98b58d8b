"""De klant neemt alles mee, en een ander portaal kan het overnemen zonder verlies."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from portal.klanten import handelingen, meenemen
from portal.klanten.handelingen.overnemen import SOORTEN
from portal.klanten.models import DigitaalAdres, Klant, Rekeningnummer
from portal.klanten.regels import (
    Bericht,
    GevalideerdeKlantBestaat,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    OngeldigeWaarde,
    Voorkeursoort,
)
from tests.klanten.conftest import gang
from tests.mensen import HEUVELLAND, NOOR, NU, OMAR

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("OWN-6"), pytest.mark.lang]

SCHEMA = json.loads(Path("portal/klanten/meenemen.schema.json").read_text(encoding="utf-8"))
SOORT = "digitale_adressen"
ELDERS = replace(NOOR, bronorganisatie=HEUVELLAND)
ADRESSEN = [
    NieuwPostadres(postcode="1234AB", huisnummer=5, toevoeging="bis"),
    NieuwBuitenlandsAdres(landcode="JP", regel1="東京都千代田区千代田1-1"),
]


@pytest.fixture
def vol(klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]) -> Klant:
    """Noor heeft van alles een, met een voorstel en een wachtend rekeningnummer."""
    waarden = [
        NieuweVoorkeur(Voorkeursoort.TAAL, "en"),
        NieuweVoorkeur(Voorkeursoort.ZAKEN, "post"),
    ]
    handelingen.wijzig_voorkeuren(klant_noor.pk, keuzes=waarden, **gang(gezien=3))
    adres = NieuwEmail("tweede@example.nl", "werk")
    handelingen.voeg_digitaal_adres_toe(klant_noor.pk, adres=adres, **gang(gezien=4))
    for gezien, iban in ((5, "NL91ABNA0417164300"), (6, "DE89370400440532013000")):
        rekening = NieuwRekeningnummer(iban=iban, tenaamstelling="N. Jansen")
        handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=rekening, **gang(gezien=gezien))
    return klant_noor


def exporteer(klant: Klant) -> dict[str, Any]:
    klant.refresh_from_db()
    return meenemen.exporteer(klant, door=NOOR, op=NU)


@pytest.mark.parametrize("adres", ADRESSEN)
def test_het_bestand_houdt_zich_aan_het_schema(
    vol: Klant, adres: NieuwPostadres | NieuwBuitenlandsAdres
) -> None:
    handelingen.wijzig_postadres(vol.pk, adres=adres, **gang(gezien=7))
    bestand = json.loads(json.dumps(exporteer(vol)))
    jsonschema.validate(bestand, SCHEMA, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("adres", ADRESSEN)
def test_overnemen_in_een_leeg_portaal_geeft_hetzelfde(
    vol: Klant, adres: NieuwPostadres | NieuwBuitenlandsAdres
) -> None:
    handelingen.wijzig_postadres(vol.pk, adres=adres, **gang(gezien=7))
    bestand = json.loads(json.dumps(exporteer(vol)))
    daar = handelingen.neem_over(bestand, **gang(ELDERS))
    daarna = meenemen.exporteer(Klant.objects.get(pk=daar.klant), door=ELDERS, op=NU)
    assert daarna["klantgegevens"] == bestand["klantgegevens"]


@pytest.mark.uitgangspunt("USE-6")
def test_elke_waarde_in_het_bestand_heeft_haar_herkomst(vol: Klant) -> None:
    soorten = exporteer(vol)["klantgegevens"]
    assert set(soorten) == set(SOORTEN)
    for soort, delen in soorten.items():
        assert soort == "postadres" or delen
        assert all(deel["gegeven_door"] == NOOR.handelende for deel in delen)


def test_het_nummer_van_de_klant_staat_er_niet_in(vol: Klant) -> None:
    tekst = json.dumps(exporteer(vol))
    assert NOOR.subject_index not in tekst
    assert NOOR.subject_verzegeld not in tekst


def test_een_ongeldige_waarde_wordt_niet_overgenomen(vol: Klant) -> None:
    bestand = exporteer(vol)
    bestand["klantgegevens"]["rekeningnummers"][0]["iban"] = "NL00ABNA0417164300"
    with pytest.raises(OngeldigeWaarde):
        handelingen.neem_over(bestand, **gang(OMAR))
    assert Klant.objects.count() == 1


def test_een_waarde_wordt_bewaard_alsof_zij_hier_getypt_was(vol: Klant) -> None:
    """A file of another store may write an IBAN in groups, or a domain in capitals."""
    bestand = exporteer(vol)
    rekening, adres = (bestand["klantgegevens"][s][0] for s in ("rekeningnummers", SOORT))
    rekening["iban"] = "nl91 abna 0417 1643 00"
    adres["waarde"] = "noor@EXAMPLE.nl"
    elders = handelingen.neem_over(bestand, **gang(ELDERS)).klant
    assert Rekeningnummer.objects.filter(klant=elders, iban="NL91ABNA0417164300").exists()
    assert DigitaalAdres.objects.filter(klant=elders, waarde="noor@example.nl").exists()


def test_wie_hier_al_klant_is_wordt_niet_overgenomen(vol: Klant) -> None:
    with pytest.raises(GevalideerdeKlantBestaat):
        handelingen.neem_over(exporteer(vol), **gang())


def test_de_geschiedenis_gaat_mee_met_oud_en_nieuw(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    laatste = exporteer(klant_noor)["geschiedenis"][-1]
    assert laatste["waarden"] == [{"veld": "naam", "oud": "Noor", "nieuw": "Noortje"}]
