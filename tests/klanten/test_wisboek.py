"""Na het terugzetten van een reservekopie blijft wat gewist was gewist."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.klanten import handelingen
from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant, Naam
from portal.klanten.regels import NieuweNaam
from tests.klanten.conftest import gang
from tests.mensen import OMAR

pytestmark = pytest.mark.django_db


def wisboek(bestand: Path, *opties: str) -> str:
    uit = StringIO()
    call_command("wisboek", str(bestand), *opties, stdout=uit)
    return uit.getvalue()


def test_een_teruggekeerde_klant_wordt_opnieuw_gewist(
    klant_noor: Klant, adres_noor: DigitaalAdres, tmp_path: Path
) -> None:
    omar = handelingen.wijzig_naam(None, naam=NieuweNaam("Omar"), **gang(OMAR)).klant
    boek = tmp_path / "wisboek"
    kopie = reservekopie(klant_noor)
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=3))
    assert "3 regels" in wisboek(boek)
    kopie()
    assert "1 klanten" in wisboek(boek, "--schoon")
    assert [klant.pk for klant in Klant.objects.all()] == [omar]


def reservekopie(klant: Klant):  # type: ignore[no-untyped-def]
    """Onthoud de rijen van nu; de teruggave zet ze terug zoals een reservekopie dat doet."""
    klant.refresh_from_db()
    gebeurtenissen = list(Gebeurtenis.objects.filter(onderwerp=klant.pk).order_by("versie"))
    namen = list(Naam.objects.filter(klant=klant))

    def zet_terug() -> None:
        Gebeurtenis.objects.filter(onderwerp=klant.pk).delete()
        for gebeurtenis in gebeurtenissen:
            gebeurtenis.save(force_insert=True)
        klant.save(force_insert=True)
        for naam in namen:
            naam.save(force_insert=True)

    return zet_terug


def test_een_teruggekeerde_waarde_wordt_opnieuw_gewist(klant_noor: Klant, tmp_path: Path) -> None:
    boek, naam = tmp_path / "wisboek", Naam.objects.get()
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=1))
    wisboek(boek)
    naam.save(force_insert=True)
    wisboek(boek, "--schoon")
    assert (Naam.objects.count(), Klant.objects.count()) == (0, 1)


def test_aanvullen_schrijft_elke_regel_een_keer(klant_noor: Klant, tmp_path: Path) -> None:
    boek = tmp_path / "wisboek"
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert "2 regels" in wisboek(boek)
    assert "0 regels" in wisboek(boek)
    boek.write_text(boek.read_text()[:-20])
    assert "1 regels" in wisboek(boek)
    assert "0 regels" in wisboek(boek)


def test_ook_zonder_nieuws_is_te_zien_dat_het_wisboek_is_bijgewerkt(tmp_path: Path) -> None:
    boek = tmp_path / "wisboek"
    wisboek(boek)
    os.utime(boek, (0, 0))
    wisboek(boek)
    assert boek.stat().st_mtime > 0


def test_wat_een_taak_op_haar_eigen_tijd_wiste_komt_er_later_toch_in(
    klant_noor: Klant, tmp_path: Path
) -> None:
    """Een nachttaak stempelt met het moment waarop zij gepland was, en wist soms uren later."""
    boek = tmp_path / "wisboek"
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=1))
    assert "1 regels" in wisboek(boek)
    lang_terug = gang(gezien=2, na=-timedelta(hours=5))
    handelingen.verwijder_klant(klant_noor.pk, **lang_terug)
    assert "1 regels" in wisboek(boek)


def test_zonder_wisboek_wordt_er_niet_geopend(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        wisboek(tmp_path / "weg", "--schoon")
