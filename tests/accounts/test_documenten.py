"""The pages about logging in say what the code does."""

import dataclasses
import re

import pytest
from django.conf import settings

from accounts.checks import CONTROLES
from accounts.overzicht import als_markdown
from accounts.providers import Aanbieder

pytestmark = pytest.mark.login
DOCS = settings.BASE_DIR / "docs"


def test_niveaus_md_is_gemaakt_uit_de_tabel():
    assert (DOCS / "niveaus.md").read_text() == als_markdown()


def test_de_tabel_volgt_de_instelling(settings):
    settings.INLOG_HANDELINGEN = {"naam": {"niveau": 40, "vers": 60}}
    rij = next(r for r in als_markdown().splitlines() if r.startswith("| `naam`"))
    assert "| 40 hoog | de DigiD app met identiteitskaart of rijbewijs |" in rij
    assert rij.endswith("| 1 minuten |")


def test_elke_eis_van_digid_heeft_een_toets_die_bestaat():
    rijen = [r for r in (DOCS / "digid.md").read_text().splitlines() if r.startswith("| ")]
    genoemd = [re.search(r"`(test_\w+)` \|$", rij) for rij in rijen]
    namen = {gevonden[1] for gevonden in genoemd if gevonden}
    zonder = [r for r, g in zip(rijen, genoemd, strict=True) if not g and "toets |" not in r]
    assert not [r for r in zonder if "---" not in r]
    bron = "".join(p.read_text() for p in (settings.BASE_DIR / "tests").rglob("test_*.py"))
    assert {naam for naam in namen if f"def {naam}(" not in bron} == set()


def test_elk_veld_van_een_aanbieder_en_elke_controle_staat_beschreven():
    tekst = (DOCS / "inloggen.md").read_text()
    velden = {veld.name for veld in dataclasses.fields(Aanbieder)} - {"slug", "transport"}
    assert {veld for veld in velden if f"`{veld}`" not in tekst} == set()
    assert re.findall(r"accounts\.(E\d+)", tekst) == [c.__name__.upper() for c in CONTROLES]
