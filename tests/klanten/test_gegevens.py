"""Elk bewaard veld heeft een doel; anders start het portaal niet."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from portal.klanten import gegevens
from portal.klanten.checks import elk_veld_heeft_een_doel


@pytest.mark.uitgangspunt("OWN-8", "MIN-1")
def test_elk_bewaard_veld_heeft_een_doel_een_grond_en_een_termijn() -> None:
    assert elk_veld_heeft_een_doel() == []


@pytest.mark.parametrize(
    ("weg", "melding"),
    [("Naam.waarde", "Naam.waarde heeft geen doel"), ("", "Naam.bijnaam bestaat niet")],
)
def test_een_veld_te_veel_of_te_weinig_is_een_fout(
    monkeypatch: pytest.MonkeyPatch, weg: str, melding: str
) -> None:
    soorten = [soort for soort in gegevens.gegevenssoorten() if soort.naam == "Naam"]
    velden = dict(soorten[0].velden)
    velden.pop("waarde") if weg else velden.update(bijnaam="een bijnaam")
    anders = [
        gegevens.Gegevenssoort(**{**vars(soort), "velden": velden})
        if soort.naam == "Naam"
        else soort
        for soort in gegevens.gegevenssoorten()
    ]
    monkeypatch.setattr(gegevens, "gegevenssoorten", lambda: anders)
    assert [fout.msg for fout in elk_veld_heeft_een_doel()] == [f"gegevens.toml: {melding}"]


@pytest.mark.uitgangspunt("OWN-8")
def test_het_model_kent_alle_soorten_klantgegevens() -> None:
    namen = {soort.naam for soort in gegevens.gegevenssoorten()}
    assert {"Naam", "DigitaalAdres", "Postadres", "Rekeningnummer", "Voorkeur"} <= namen
    velden = {veld for soort in gegevens.gegevenssoorten() for veld in soort.velden}
    assert {"iban", "bic", "functie", "bedrijfsnaam", "keuze", "landcode"} <= velden


@pytest.mark.parametrize(
    ("dagen", "taal", "zin"),
    [
        (1825, "nl", "tot u 5 jaar niets van zich liet horen"),
        (365, "en", "not heard from you for 1 year."),
        (730, "en", "not heard from you for 2 years."),
        (400, "nl", "tot u 400 dagen niets van zich liet horen"),
    ],
)
def test_wat_de_klant_leest_over_de_termijn_is_wat_de_gemeente_instelde(
    client: Client, settings: Settings, dagen: int, taal: str, zin: str
) -> None:
    settings.KLANTEN_ONGEBRUIKT_NA = timedelta(days=dagen)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = taal
    assert zin in client.get("/welke-gegevens/").content.decode()


def test_het_register_van_verwerkingen_kent_de_ingestelde_termijn(settings: Settings) -> None:
    settings.KLANTEN_ONGEBRUIKT_NA = timedelta(days=3650)
    call_command("verwerkingsregister", stdout=(uit := StringIO()))
    assert "tot u 10 jaar niets van zich liet horen" in uit.getvalue()
    assert "%" not in uit.getvalue()


def test_het_register_van_verwerkingen_noemt_elk_veld() -> None:
    uit = StringIO()
    call_command("verwerkingsregister", stdout=uit)
    for soort in gegevens.gegevenssoorten():
        assert soort.titel in uit.getvalue()
        assert all(f"`{veld}`" in uit.getvalue() for veld in soort.velden)
