"""The demo is made ready again when something changed, and only then."""

from pathlib import Path

import pytest

from portal.demo import kenmerk as module
from portal.demo.kenmerk import is_klaar, kenmerk, onthoud

OMGEVING = {"DATABASE_URL": "postgresql://u:een@127.0.0.1:1/x", "PORTAAL_URL": "http://localhost"}


@pytest.fixture(autouse=True)
def boom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of its own with one source."""
    (tmp_path / "portal" / "migrations").mkdir(parents=True)
    (tmp_path / "portal" / "migrations" / "0001.py").write_text("een")
    (tmp_path / "staticfiles").mkdir()
    monkeypatch.setattr(module, "BASIS", tmp_path)
    monkeypatch.setattr(module, "VAR", tmp_path)
    return tmp_path


def test_dezelfde_stand_hoeft_niet_opnieuw_ook_op_een_andere_poort_van_de_databank() -> None:
    onthoud(kenmerk(OMGEVING))

    assert is_klaar(kenmerk(OMGEVING | {"DATABASE_URL": "postgresql://u:een@127.0.0.1:2/x"}))


@pytest.mark.parametrize(
    "anders",
    [
        {"DATABASE_URL": "postgresql://u:ander-cluster@127.0.0.1:1/x"},
        {"PORTAAL_URL": "http://localhost:8010"},
        {"WEBHOOKS_DEMO_ONTVANGERS": "http://127.0.0.1:8011"},
    ],
)
def test_een_ander_cluster_of_adres_moet_opnieuw(anders: dict[str, str]) -> None:
    onthoud(kenmerk(OMGEVING))

    assert not is_klaar(kenmerk(OMGEVING | anders))


def test_een_andere_migratie_moet_opnieuw(boom: Path) -> None:
    onthoud(kenmerk(OMGEVING))
    (boom / "portal" / "migrations" / "0001.py").write_text("anders")

    assert not is_klaar(kenmerk(OMGEVING))


def test_zonder_statische_bestanden_moet_opnieuw(boom: Path) -> None:
    onthoud(kenmerk(OMGEVING))
    (boom / "staticfiles").rmdir()

    assert not is_klaar(kenmerk(OMGEVING))
