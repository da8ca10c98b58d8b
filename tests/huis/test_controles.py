"""What would fail later, out of sight, is said at the start or by `check --deploy`."""

from types import SimpleNamespace

import pytest
from django.conf import settings as instellingen
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from portal.mijn import checks

SLEUTEL = "sms-7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001-7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a002"


def gemeld(*, deploy: bool = False) -> set[str]:
    return {str(melding.id) for melding in run_checks(include_deployment_checks=deploy)}


@pytest.mark.parametrize(
    ("anders", "nummers"),
    [
        ({"SMS_WEG": "demo"}, set()),
        ({"SMS_WEG": "geen"}, set()),
        ({"SMS_WEG": "notfynl"}, {"berichten.E001"}),
        ({"SMS_WEG": "demo", "DEMO": False}, {"berichten.E002"}),
        ({"SMS_WEG": "notifynl"}, {"berichten.E003", "berichten.E004"}),
        ({"SMS_WEG": "notifynl", "NOTIFYNL_SLEUTEL": SLEUTEL, "NOTIFYNL_SJABLOON": "x"}, set()),
    ],
)
def test_een_weg_voor_sms_die_niet_kan_werken_stopt_de_start(
    settings: Settings, anders: dict[str, object], nummers: set[str]
) -> None:
    for naam, waarde in anders.items():
        setattr(settings, naam, waarde)

    assert {nummer for nummer in gemeld() if nummer.startswith("berichten.")} == nummers


@pytest.mark.parametrize(
    ("naam", "leeg", "gevuld", "nummer"),
    [
        ("KLANTEN_WISBOEK", "", "/wisboek/wisboek", "klanten.W001"),
        ("BEHEER_EMAIL", "", "beheer@gemeente.example", "webhooks.W001"),
        ("EMAIL_HOST", "localhost", "mail.gemeente.example", "berichten.W001"),
    ],
)
def test_wat_in_productie_stil_zou_ontbreken_is_een_waarschuwing(
    settings: Settings, naam: str, leeg: str, gevuld: str, nummer: str
) -> None:
    setattr(settings, naam, leeg)
    assert nummer in gemeld(deploy=True)
    assert nummer not in gemeld()

    setattr(settings, naam, gevuld)
    assert nummer not in gemeld(deploy=True)


@pytest.mark.parametrize(("verzameld", "stopt"), [(instellingen.THEMA, False), ("ander", True)])
def test_een_thema_dat_niet_verzameld_is_stopt_de_start(
    monkeypatch: pytest.MonkeyPatch, verzameld: str, stopt: bool
) -> None:
    opslag = SimpleNamespace(hashed_files={f"themas/{verzameld}/theme.css": "themas/x.1.css"})
    monkeypatch.setattr(checks, "staticfiles_storage", opslag)

    assert ("portal.E002" in gemeld()) is stopt
