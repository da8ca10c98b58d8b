"""Een gemeente die verhuist leest in wat iemand meenam; het nummer staat nergens in de opdracht."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.klanten import meenemen
from portal.klanten.models import DigitaalAdres, Klant
from portal.logboek.models import Logregel
from tests.mijn import vulling
from tests.mijn.conftest import NOOR

pytestmark = [pytest.mark.uitgangspunt("OWN-6"), pytest.mark.lang]
BSN = "999990019"


@pytest.fixture
def bestand(db, codes, tmp_path):
    """What Noor took along; after that she is gone, as in an installation that is empty."""
    vulling.bevestig_alles(klant := vulling.vul_noor(), codes)
    klant.refresh_from_db()
    inhoud = meenemen.exporteer(klant, door=vulling.authenticatie(NOOR), op=timezone.now())
    (pad := tmp_path / "noor.json").write_text(json.dumps(inhoud))
    klant.delete()
    return pad


def neem_over(bestand, monkeypatch, nummer=BSN):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{nummer}\n"))
    uit = io.StringIO()
    call_command("neem_over", str(bestand), stdout=uit)
    return uit.getvalue()


def test_noor_vindt_hier_alles_terug_zoals_het_was(noor, bestand, monkeypatch):
    assert BSN not in neem_over(bestand, monkeypatch)
    klant, was = Klant.objects.get(), json.loads(bestand.read_text())["klant"]
    assert (klant.gevalideerd, klant.gevalideerd_middel) == (True, "digid")
    assert klant.gevalideerd_op.isoformat() == was["gevalideerd_op"]
    assert DigitaalAdres.objects.exclude(bevestigd_op=None).count() == 3
    assert "Noor de Vries" in noor.lees("/mijn-gegevens/")
    assert "door de gemeente, uit een ander portaal" in noor.lees("/geschiedenis/")
    assert "Overgenomen uit een ander portaal" in noor.lees("/gebruik/")
    assert not Logregel.objects.get(doel="Overgenomen uit een ander portaal").eigen


def test_een_tweede_keer_wordt_geweigerd(bestand, monkeypatch):
    neem_over(bestand, monkeypatch)
    with pytest.raises(CommandError, match="Niet overgenomen"):
        neem_over(bestand, monkeypatch)


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("klant", {"subjectsoort": "buitenlands", "gevalideerd_niveau": 30}, "begint hier opnieuw"),
        ("klant", {"subjectsoort": "natuurlijk_persoon"}, "geen bestand van een gevalideerde"),
        ("klant", [], "geen bestand van een gevalideerde"),
        ("klantgegevens", [], "geen meegenomen bestand"),
        ("klantgegevens", {"naam": [{"waarde": "N"}]}, "Niet overgenomen: .* naam"),
    ],
)
def test_wat_niet_klopt_wordt_een_zin_en_geen_klant(bestand, monkeypatch, veld, waarde, zin):
    bestand.write_text(json.dumps(json.loads(bestand.read_text()) | {veld: waarde}))
    with pytest.raises(CommandError, match=zin):
        neem_over(bestand, monkeypatch)
    assert not Klant.objects.exists()


def test_een_nummer_dat_niet_bestaat_komt_niet_terug_in_de_melding(bestand, monkeypatch):
    with pytest.raises(CommandError) as fout:
        neem_over(bestand, monkeypatch, nummer="999990018")
    assert "999990018" not in str(fout.value)
    bestand.write_text("{")
    with pytest.raises(CommandError, match="niet te lezen als JSON"):
        neem_over(bestand, monkeypatch)
