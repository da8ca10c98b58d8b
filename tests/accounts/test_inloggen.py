"""Logging in through the stand-in: everybody as who they are, and nothing left behind."""

import pytest
from django.db import connection

from accounts.inlog import Inlog
from accounts.models import Account, Sessie
from accounts.sessieopslag import SessionStore
from tests.inloggen import inloggen, kies, vraag

pytestmark = [pytest.mark.login, pytest.mark.django_db]


def inlog_in(client) -> Inlog | None:
    gegevens = SessionStore(client.cookies["sessie"].value).get("inlog")
    return Inlog.uit_json(gegevens) if gegevens else None


def test_token_goed_inloggen_werkt(client):
    antwoord = inloggen(client, "noor", niveau=30)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/overzicht/")
    inlog = inlog_in(client)
    assert (inlog.middel, inlog.rang, inlog.identiteit.onthul()) == ("digid", 30, "999990019")
    assert (inlog.handelende, inlog.machtiging) == ("", False)


@pytest.mark.parametrize(
    ("middel", "persoon", "soort", "nummer", "handelende"),
    [
        ("digid", "omar", "bsn", "999990421", ""),
        ("eherkenning", "korenbloem", "kvk", "90000011", "pseudo-1"),
        ("eherkenning", "korenbloem-winkel", "vestiging", "000090000011", "pseudo-2"),
        ("eherkenning", "stichting", "kvk", "69599068", "pseudo-4"),
        ("eidas", "erika", "eidas", "DE/NL/test-0001", ""),
        ("eidas", "noor-be", "bsn", "999990019", ""),
        ("eidas", "firma", "eidas_organisatie", "DE/HRB/12345", "DE/NL/test-0002"),
        ("machtigen", "omar-voor-noor", "bsn", "999990019", "999990421"),
        ("machtigen", "noor-zelf", "bsn", "999990019", ""),
    ],
)
def test_elk_middel_zegt_wie_het_is(client, middel, persoon, soort, nummer, handelende):
    inloggen(client, persoon, middel=middel)
    inlog = inlog_in(client)
    assert (inlog.identiteit.soort, inlog.identiteit.onthul()) == (soort, nummer)
    assert inlog.handelende == handelende
    assert inlog.machtiging is (persoon == "omar-voor-noor")


def test_een_ander_testnummer_mag_ook(client):
    kies(client, vraag(client), nummer="999993653")
    assert inlog_in(client).identiteit.onthul() == "999993653"


def test_zelfde_bsn_twee_middelen_is_een_persoon(client):
    inloggen(client, "noor")
    digid = inlog_in(client)
    inloggen(client, "noor-be", middel="eidas")
    assert inlog_in(client).account_index == digid.account_index


def test_twee_medewerkers_een_bedrijf(client):
    inloggen(client, "korenbloem", middel="eherkenning")
    een = inlog_in(client)
    inloggen(client, "korenbloem-2", middel="eherkenning")
    twee = inlog_in(client)
    assert een.subject_index == twee.subject_index
    assert een.account_index != twee.account_index
    assert een.handelende_pseudoniem != twee.handelende_pseudoniem


def test_wie_gemachtigd_is_verschilt_van_wie_het_zelf_is(client):
    inloggen(client, "noor")
    zelf = inlog_in(client)
    inloggen(client, "omar-voor-noor", middel="machtigen")
    ander = inlog_in(client)
    assert zelf.subject_index == ander.subject_index
    assert zelf.handelende_pseudoniem != ander.handelende_pseudoniem
    assert zelf.account_index != ander.account_index


@pytest.mark.uitgangspunt("MIN-4")
def test_inloggen_slaat_niets_op_buiten_de_verzegelde_sessie(client):
    inloggen(client, "noor")
    assert Account.objects.count() == 0
    rij = Sessie.objects.get()
    assert "999990019" not in rij.session_data
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from klanten_klant")
        assert cursor.fetchone() == (0,)


def test_na_inloggen_gaat_het_verder_waar_iemand_heen_wilde(client):
    doel = "/inloggen/opnieuw/?handeling=naam"
    antwoord = inloggen(client, next=doel)
    assert antwoord["Location"] == doel
    assert client.get(doel).status_code == 200


def test_wie_niet_is_ingelogd_komt_na_inloggen_op_de_gevraagde_pagina(client):
    doel = "/inloggen/opnieuw/?handeling=naam"
    begin = client.get(doel)
    assert begin["Location"].startswith("/?next=%2Finloggen%2Fopnieuw%2F")
    knop = '/inloggen/digid/?next=/inloggen/opnieuw/%3Fhandeling%3Dnaam"'
    assert knop in client.get(begin["Location"]).content.decode()
