"""Een buur die dagen weg is, of een certificaat dat afloopt, blijft niet onopgemerkt."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from portal.registers import toestand, uitbak
from portal.registers.models import Buurstand
from tests.registers.conftest import zet
from tests.webhooks.tls import NU as UITGEGEVEN
from tests.webhooks.tls import Uitgever

pytestmark = pytest.mark.django_db
NU = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
UUR, DAG = dt.timedelta(hours=1), dt.timedelta(days=1)
NOOR = UUID("7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001")


@pytest.fixture
def openklant(settings: Settings) -> None:
    settings.BUREN = {}
    zet(settings, "openklant", "https://openklant.waterveen.example")


@pytest.mark.parametrize(("uren", "aantal"), [(3.9, 0), (4, 1)], ids=str)
def test_een_buur_die_uren_niet_werkt_is_een_bevinding(
    openklant: None, uren: float, aantal: int
) -> None:
    Buurstand.objects.create(naam="openklant", reden="geen-antwoord", sinds=NU)
    Buurstand.objects.create(naam="brp", reden="geen-antwoord", sinds=NU)  # niet gekoppeld
    gevonden = toestand.bevindingen(NU + uren * UUR)
    assert len(gevonden) == aantal
    assert all("geen-antwoord" in een.zin for een in gevonden.values())


def test_wat_uren_op_een_buur_wacht_is_een_bevinding_zonder_klant(openklant: None) -> None:
    uitbak.zet_klaar("openklant", NOOR, op=NU)
    assert toestand.bevindingen(NU + 3 * UUR) == {}
    (een,) = toestand.bevindingen(NU + 4 * UUR).values()
    assert een.zin.startswith("1 wijzigingen wachten op Open Klant")
    assert str(NOOR) not in een.zin


def test_de_cijfers_noemen_elke_gekoppelde_buur(openklant: None, settings: Settings) -> None:
    uitbak.zet_klaar("openklant", NOOR, op=NU)
    settings.METRICS_TOKEN = "proef"
    uit = Client().get("/metrics", headers={"Authorization": "Bearer proef"}).content.decode()
    assert 'buur_wachtend{buur="openklant"} 1.0' in uit
    assert 'buur_werkt{buur="openklant"} 1.0' in uit
    assert 'buur="brp"' not in uit


@pytest.mark.parametrize(
    ("over", "soorten"),
    [
        (31, set()),
        (30, {"clientcertificaat openklant 30"}),
        (8, {"clientcertificaat openklant 30"}),
        (7, {"clientcertificaat openklant 7"}),
        (1, {"clientcertificaat openklant 1"}),
        (-2, {"clientcertificaat openklant -1"}),
    ],
)
def test_een_clientcertificaat_van_een_buur_zegt_wanneer_het_afloopt(
    openklant: None, settings: Settings, tmp_path: Path, over: int, soorten: set[str]
) -> None:
    cert, sleutel = Uitgever().geef("portaal", dagen=40)
    (pad := tmp_path / "client.pem").write_text(sleutel + cert)
    settings.BUREN["openklant"]["certificaat"] = str(pad)
    einde = (UITGEGEVEN + 40 * DAG).replace(microsecond=0)
    gevonden = toestand.bevindingen(einde - over * DAG)
    assert set(gevonden) == soorten
    assert all(een.eens and "OPENKLANT_CERTIFICAAT" in een.doe for een in gevonden.values())


def test_een_certificaat_dat_er_niet_is_is_een_bevinding(
    openklant: None, settings: Settings, tmp_path: Path
) -> None:
    settings.BUREN["openklant"]["certificaat"] = str(tmp_path / "weg.pem")
    assert set(toestand.bevindingen(NU)) == {"certificaat openklant"}
