"""A municipality brings its own folder: texts, name and colours; what the law fixes stays."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils.translation import trans_real
from pytest_django import Settings

from accounts.teksten import DIGID_FOUT
from gereedschap import teksten
from portal.gemeente import BESTANDEN, gemeente
from tests.inloggen import inloggen

KOP = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def eigen_map(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The theme of a municipality elsewhere, with a text of its own in Dutch."""
    voorbeeld = teksten.WORTEL / "assets" / "themas" / "zandrijk"
    for naam in BESTANDEN:
        (tmp_path / naam).write_bytes((voorbeeld / naam).read_bytes())
    po = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    vervangen = {"Voor inwoners": "Voor Zandrijkers", DIGID_FOUT: "Pech gehad."}
    po.write_text(KOP + "".join(f'msgid "{nl}"\nmsgstr "{s}"\n\n' for nl, s in vervangen.items()))
    opdracht = [sys.executable, "gereedschap/teksten.py", str(tmp_path / "locale")]
    subprocess.run(opdracht, cwd=teksten.WORTEL, check=True)
    settings.THEMA, settings.THEMA_MAP = "elders", str(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale", *settings.LOCALE_PATHS]
    trans_real._translations.clear()
    yield tmp_path
    trans_real._translations.clear()


def test_een_gemeente_vervangt_een_tekst_en_haar_naam(client: Client, eigen_map: Path) -> None:
    bladzijde = client.get("/").content.decode()
    assert "Voor Zandrijkers" in bladzijde
    assert "Mijn Zandrijk" in bladzijde
    assert "themas/elders/theme.css" in bladzijde


@pytest.mark.django_db
def test_de_tekst_van_logius_laat_zich_niet_vervangen(client: Client, eigen_map: Path) -> None:
    bladzijde = client.get(inloggen(client, "noor", doe="storing")["Location"]).content.decode()
    assert DIGID_FOUT in bladzijde
    assert "Pech gehad." not in bladzijde


@pytest.mark.parametrize("naam", BESTANDEN)
def test_een_onvolledig_thema_zegt_wat_er_ontbreekt(
    settings: Settings, tmp_path: Path, naam: str
) -> None:
    for bestand in set(BESTANDEN) - {naam}:
        (tmp_path / bestand).write_text("")
    settings.THEMA_MAP = str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match=naam):
        gemeente()
