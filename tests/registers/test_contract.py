"""The files themselves are valid OpenAPI, and the check on them has teeth."""

import json

import pytest
from openapi_spec_validator import validate

from tests.contract import MAP, contract
from tests.nep_brp import PERSONEN, NepBrp
from tests.nep_kvk import BEDRIJVEN, NepKvk
from tests.nep_server import GEHEIM, Verzoek

BESTANDEN = sorted(pad.name for pad in MAP.glob("*.json"))


@pytest.mark.lang
@pytest.mark.parametrize("bestand", BESTANDEN)
def test_elk_bestand_is_geldig_openapi(bestand):
    validate(json.loads((MAP / bestand).read_text()))


@pytest.mark.parametrize(
    ("zoek", "inhoud"),
    [
        ({}, None),
        ({}, {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": ["999990019"]}),
        ({}, {"type": "RaadpleegMetBurgerservicenummer", "fields": ["naam"]}),
        (
            {},
            {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": ["99999001"],
                "fields": ["naam"],
            },
        ),
        (
            {"bsn": "999990019"},
            {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": ["999990019"],
                "fields": ["naam"],
            },
        ),
    ],
)
def test_de_brp_weigert_wat_haar_bestand_weigert(zoek, inhoud):
    verzoek = Verzoek("POST", "/personen", zoek, {"x-api-key": GEHEIM}, inhoud)
    assert NepBrp().behandel(verzoek).status == 400


def test_een_antwoord_buiten_het_bestand_valt_op(monkeypatch):
    monkeypatch.setitem(PERSONEN, "999990019", {"naam": {"volledigeNaam": 7}})
    inhoud = {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": ["999990019"],
        "fields": ["naam.volledigeNaam"],
    }
    verzoek = Verzoek("POST", "/personen", {}, {"x-api-key": GEHEIM}, inhoud)
    assert NepBrp().behandel(verzoek).status == 500


@pytest.mark.parametrize("pad", ["/v1/basisprofielen/123", "/v1/vestigingsprofielen/37178601"])
def test_de_kvk_weigert_een_nummer_van_de_verkeerde_lengte(pad):
    assert NepKvk().behandel(Verzoek("GET", pad, {}, {"apikey": GEHEIM}, None)).status == 400


def test_elk_bedrijf_van_de_kvk_antwoordt_volgens_het_bestand():
    for nummer in BEDRIJVEN:
        for pad in (f"/v1/basisprofielen/{nummer}", f"/v1/basisprofielen/{nummer}/vestigingen"):
            verzoek = Verzoek("GET", pad, {}, {"apikey": GEHEIM}, None)
            assert NepKvk().behandel(verzoek).status == 200


def test_een_onbekende_status_hoort_niet_bij_het_bestand():
    regels = contract("zaken-1.5.2.json")
    treffer = regels.zoek("POST", "/zaken/_zoek")
    assert treffer is not None
    assert regels.mankementen_antwoord(treffer, 299, {}) != []
