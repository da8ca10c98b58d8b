"""Elk bewaard veld heeft een doel; anders start het portaal niet."""

from io import StringIO

import pytest
from django.core.management import call_command

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


def test_het_register_van_verwerkingen_noemt_elk_veld() -> None:
    uit = StringIO()
    call_command("verwerkingsregister", stdout=uit)
    for soort in gegevens.gegevenssoorten():
        assert soort.titel in uit.getvalue()
        assert all(f"`{veld}`" in uit.getvalue() for veld in soort.velden)
