"""The data of the demo belong to the people who can log in to the demo, and are loaded once."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.identiteit import Identiteit, blinde_index
from accounts.nagebootst.personen import PERSONEN
from portal.demo.gegevens import BAKKER, INWONERS, KORENBLOEM, laad_klanten
from portal.klanten.models import Gebeurtenis, Klant

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
NU = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)


def test_alle_klanten_zijn_gevalideerd_en_van_iemand_die_kan_inloggen() -> None:
    gemaakt = laad_klanten(op=NU)

    klanten = Klant.objects.filter(pk__in=gemaakt)
    nummers = {str(claims.get("bsn") or claims.get("urn:etoegang:core:LegalSubjectID"))
               for groep in ("digid", "eherkenning")
               for claims in (persoon.claims for persoon in PERSONEN[groep])}  # fmt: skip
    wie: list[Identiteit] = [*INWONERS, KORENBLOEM]
    assert all(w.onthul() in nummers for w in wie)
    assert {k.subject_index for k in klanten} == {blinde_index(w) for w in wie}
    assert klanten.filter(gevalideerd=True).count() == len(gemaakt) == 4


def test_de_bakkerij_heeft_twee_contactpunten_van_een_bekende_vertegenwoordiger() -> None:
    laad_klanten(op=NU)

    assert Klant.objects.filter(bedrijf_index=blinde_index(KORENBLOEM)).count() == 2
    wie = {p.claims["urn:etoegang:core:ActingSubjectID"] for p in PERSONEN["eherkenning"]}
    assert BAKKER in wie


def test_een_tweede_start_laadt_niets_ook_niet_wat_verwijderd_is() -> None:
    laad_klanten(op=NU)
    Klant.objects.filter(subject_index=blinde_index(KORENBLOEM))[0].delete()

    assert laad_klanten(op=NU) == []
    assert Gebeurtenis.objects.exists()


def test_in_een_image_is_de_demo_te_maken_ook_al_is_er_niets_te_schrijven(
    tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "dicht").touch()  # a directory under a file: nobody can make it, root neither
    settings.STATIC_ROOT = tmp_path / "dicht" / "staticfiles"

    call_command("maak_demo")

    assert Klant.objects.count() >= 4


def test_make_run_verzamelt_de_bestanden_zelf_en_alleen_als_er_iets_veranderde(
    tmp_path: Path, settings: Any
) -> None:
    settings.STATIC_ROOT = tmp_path / "staticfiles"
    call_command("maak_demo", bestanden=True)
    merk = settings.STATIC_ROOT / ".kenmerk"
    eerste = merk.stat().st_mtime_ns

    call_command("maak_demo", bestanden=True)

    assert (settings.STATIC_ROOT / "themas/waterveen/theme.css").exists()
    assert merk.stat().st_mtime_ns == eerste
