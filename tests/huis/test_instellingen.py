"""Every setting has a meaning and stands in the reference, and a wrong value is a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gereedschap.als_productie import omgeving
from gereedschap.instellingen import VERPLICHT, bestanden, gelezen, uitleg

BASIS = Path(__file__).resolve().parents[2]
INSTELLINGEN = {i.naam: i for i in gelezen((BASIS / "portal/settings.py").read_text())}


def test_elke_instelling_heeft_een_betekenis_en_andersom() -> None:
    assert set(INSTELLINGEN) == set(uitleg()), "vul gereedschap/instellingen.toml aan"


@pytest.mark.parametrize("pad", ["docs/instellingen.md", ".env.example"])
def test_wat_er_staat_is_wat_settings_leest(pad: str) -> None:
    assert (BASIS / pad).read_text() == bestanden()[BASIS / pad], "draai 'make instellingen'"


@pytest.fixture
def productie(tmp_path: Path) -> dict[str, str]:
    """The environment of the example, with secrets of its own."""
    return omgeving(tmp_path)


def test_wat_verplicht_is_staat_ingevuld_in_het_voorbeeld(productie: dict[str, str]) -> None:
    verplicht = {naam for naam, i in INSTELLINGEN.items() if i.standaard == VERPLICHT}

    assert {"SECRET_KEY", "DATABASE_URL", "PORTAAL_URL"} <= verplicht
    assert verplicht <= set(productie)


def _start(
    productie: dict[str, str], toon: str = "DEMO", **anders: str | None
) -> subprocess.CompletedProcess[str]:
    wel = {k: v for k, v in (productie | anders).items() if v is not None}
    return subprocess.run(
        [sys.executable, "-c", f"from portal import settings; print(settings.{toon})"],
        cwd=BASIS, env=wel | {"PYTHONPATH": str(BASIS)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.lang
def test_met_het_voorbeeld_start_productie_zonder_demo(productie: dict[str, str]) -> None:
    assert _start(productie).stdout == "False\n"


@pytest.mark.lang
def test_wat_het_voorbeeld_van_de_databank_eist_komt_bij_de_verbinding(
    productie: dict[str, str],
) -> None:
    toon = "DATABASES['default']['OPTIONS']['sslmode']"

    assert _start(productie, toon).stdout == "verify-full\n"


@pytest.mark.lang
def test_een_streep_achter_het_adres_breekt_geen_link(productie: dict[str, str]) -> None:
    antwoord = _start(productie, "PORTAAL_URL", PORTAAL_URL="https://mijn.gemeente.example/")
    assert antwoord.stdout == "https://mijn.gemeente.example\n"


@pytest.mark.lang
@pytest.mark.parametrize(
    ("naam", "waarde", "zin"),
    [
        ("SECRET_KEY", None, "Zet de omgevingsvariabele SECRET_KEY"),
        ("PORTAAL_GEGEVENSSLEUTELS", None, "PORTAAL_GEGEVENSSLEUTELS"),
        ("DEMO", "ja", "DEMO is 'ja'; schrijf 0 of 1."),
        ("EMAIL_PORT", "vijf", "EMAIL_PORT is 'vijf'; schrijf een getal, 1"),
        ("EMAIL_PORT", "-1", "schrijf een getal"),
        ("LOG_VORM", "xml", "LOG_VORM is json of leesbaar"),
        ("LOG_NIVEAU", "WARNING", "LOG_NIVEAU is INFO"),
        ("LOG_NIVEAU", "DEBUG", "LOG_NIVEAU is INFO"),
        ("WEB_TEGELIJK", "0", "WEB_TEGELIJK is '0'; schrijf een getal, 1 tot en met"),
        ("INLOG_TEGELIJK", "0", "getal, 1 tot en met"),
        ("INLOG_PER_MINUUT", "0", "getal, 1 tot en met"),
        ("API_PER_MINUUT", "0", "getal, 1 tot en met"),
        ("API_ZOEKEN_PER_MINUUT", "0", "getal, 1 tot en met"),
        ("HERSTEL_PER_MINUUT", "0", "getal, 1 tot en met"),
        ("HERSTEL_PER_MINUUT", "twintig", "HERSTEL_PER_MINUUT is 'twintig'; schrijf een getal"),
        ("WERKER_PLAATSEN", "0", "getal, 1 tot en met"),
        ("WERKER_STOPTIJD", "-3", "schrijf een getal"),
        ("PORTAAL_EPOCH", "0", "getal, 1 tot en met"),
        ("LOGBOEK_BEWAARMAANDEN", "0", "getal, 1 tot en met"),
        ("KLANTEN_AFKOELING_UREN", "0", "getal, 1 tot en met"),
        (
            "KLANTEN_ONGEBRUIKT_DAGEN",
            "5",
            "KLANTEN_ONGEBRUIKT_DAGEN is '5'; schrijf een getal, 365",
        ),
        ("API_MINIMUMNIVEAU", "20", "getal, 25 tot en met 40."),
        ("API_MINIMUMNIVEAU", "50", "getal, 25 tot en met 40."),
        ("EMAIL_PORT", "65536", "getal, 1 tot en met 65535."),
    ],
)
def test_een_waarde_die_niet_klopt_stopt_de_start_met_een_zin(
    productie: dict[str, str], naam: str, waarde: str | None, zin: str
) -> None:
    uit = _start(productie, **{naam: waarde})

    assert uit.returncode != 0
    assert zin in uit.stderr.splitlines()[-1]


@pytest.mark.lang
def test_de_laagste_en_hoogste_waarde_mogen_nog(productie: dict[str, str]) -> None:
    randen = {"WEB_TEGELIJK": "1", "KLANTEN_ONGEBRUIKT_DAGEN": "365", "API_MISSERS_PER_UUR": "0",
              "API_MINIMUMNIVEAU": "40", "EMAIL_PORT": "65535"}  # fmt: skip

    assert _start(productie, **randen).stdout == "False\n"


@pytest.mark.lang
def test_een_geheim_mag_in_een_bestand_staan(productie: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sleutel").write_text("x" * 60 + "\n")

    uit = _start(productie, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "sleutel"))

    assert uit.stdout == "False\n"


def test_het_voorbeeld_neemt_niets_uit_onze_eigen_omgeving_mee(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEMO", "1")

    assert set(omgeving(tmp_path)) - set(INSTELLINGEN) == {"PATH"}
    assert "DEMO" not in omgeving(tmp_path)
    assert os.environ["DEMO"] == "1"
