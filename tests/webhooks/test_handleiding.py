"""docs/webhooks.md zegt wat het portaal doet: elk voorbeeld en elke gebeurtenis klopt."""

import json
import re
import uuid
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from standardwebhooks.webhooks import Webhook

from portal.klanten.models import Gebeurtenis
from portal.webhooks.bericht import OVERGESLAGEN, TEST, TYPEN
from portal.webhooks.cijfers import WebhookCijfers
from portal.webhooks.schemas import schema, schemas
from tests.webhooks.test_bericht import FEITEN, GEHEIM, ID, POGING, VAN, bericht, lichamen

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEKST = (DOCS / "webhooks.md").read_text()


def test_het_voorbeeld_is_byte_voor_byte_wat_wij_sturen():
    voorbeeld = re.search(r"```http\n(.*?)\n\n(.*?)\n```", TEKST, re.DOTALL)
    assert voorbeeld[2].encode() == bericht(FEITEN, VAN)


def test_de_handtekening_in_het_voorbeeld_hoort_bij_het_geheim_ernaast():
    goed = Webhook(GEHEIM).sign(str(ID), POGING, bericht(FEITEN, VAN).decode())
    assert goed in TEKST
    assert GEHEIM in TEKST


def test_elke_soort_gebeurtenis_staat_in_de_handleiding_en_geen_andere():
    rijen = dict(
        re.findall(r"^\| `([a-z]+\.[a-z]+)` \| `nl\.klanten\.([a-z-]+)`", TEKST, re.MULTILINE)
    )
    assert rijen == {str(soort): naam for soort, naam in TYPEN.items()}
    assert set(rijen) == set(Gebeurtenis.Soort.values)
    assert all(f"nl.klanten.{naam}" in TEKST for naam in (OVERGESLAGEN, TEST))


@pytest.mark.parametrize("naam", [n for n in sorted(lichamen()) if not n.startswith("vng-")])
def test_elk_bericht_voldoet_aan_zijn_gepubliceerde_schema(naam):
    inhoud = json.loads(lichamen()[naam])
    assert inhoud["dataschema"] == schema(naam, VAN.adres)["$id"]
    Draft202012Validator(schema(naam, VAN.adres), format_checker=FormatChecker()).validate(
        inhoud["data"]
    )


def test_het_schema_staat_openbaar_onder_het_adres_in_het_bericht(client):
    for naam in schemas():
        antwoord = client.get(f"/schemas/{naam}.v1.json")
        assert antwoord.status_code == 200
        assert antwoord.headers["Content-Type"] == "application/schema+json"
        Draft202012Validator.check_schema(antwoord.json())


def test_een_schema_dat_niet_bestaat_is_niet_te_vinden(client):
    assert client.get("/schemas/klant-gewijzigd.v2.json").status_code == 404
    assert client.get(f"/schemas/{uuid.uuid4()}.v1.json").status_code == 404


@pytest.mark.django_db
def test_elk_cijfer_in_de_handleiding_wordt_gemeten():
    gemeten = {meting.name for meting in WebhookCijfers().collect()}
    genoemd = {naam.removesuffix("_total") for naam in re.findall(r"`(webhooks_\w+)`", TEKST)}
    alleen_na_een_veeg = {
        "webhooks_veeg_vond",
        "webhooks_laatste_veeg_seconden",
        "webhooks_plaatsen_vol",
    }
    assert genoemd - alleen_na_een_veeg == gemeten - alleen_na_een_veeg
