"""The data of the demo belong to the people who can log in to the demo, and are loaded once."""

import datetime as dt

import pytest

from accounts.identiteit import Identiteit, blinde_index
from accounts.nagebootst.personen import PERSONEN
from portal.demo.gegevens import BAKKER, INWONERS, KORENBLOEM, laad_klanten
from portal.klanten.models import Gebeurtenis, Klant

pytestmark = pytest.mark.django_db
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
