"""Wat de meting met COPY laadt is rij voor rij wat een handeling maakt (besluiten 18)."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accounts.identiteit import elfproef
from portal.klanten.regels import NieuweNaam, NieuwPostadres, NieuwTelefoon
from tests.api.conftest import NOOR, Bericht, bevestig, registreer
from tests.bench.api_vullen import TABELLEN, bsn, vul

VAN_NATURE_ANDERS = {
    "id", "klant_id", "klant", "onderwerp", "klantnummer", "subject_index", "subject_verzegeld",
    "gegeven_door", "handelende", "sleutel", "waarde", "huisnummer", "transactie", "gebeurd_op",
    "gegeven_op", "bevestigd_op", "gevalideerd_op", "actief_op", "versie", "plaats", "straat",
}  # fmt: skip


def _rij(tabel: str, kolom: str, klant: UUID) -> dict[str, Any]:
    waar = f"{kolom} = %s" + (" and soort = 'klant.aangemaakt'" if "gebeurtenis" in tabel else "")
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {tabel} where {waar}", [klant])  # noqa: S608 - our names
        namen = [kolom.name for kolom in cursor.description]
        [rij] = cursor.fetchall()
    return {
        naam: waarde
        for naam, waarde in zip(namen, rij, strict=True)
        if naam not in VAN_NATURE_ANDERS
    }


@pytest.mark.lang
@pytest.mark.django_db
def test_een_geladen_klant_is_gelijk_aan_een_die_zelf_opsloeg(brieven: list[Bericht]) -> None:
    geladen = vul(0, 1200)[0].id
    echt = registreer(
        NOOR,
        NieuweNaam("Noor"),
        NieuwTelefoon("0612345678"),
        NieuwPostadres(postcode="1234AB", huisnummer=1, straat="Dorpsstraat", plaats="Waterveen"),
    )
    bevestig(NOOR, echt, brieven)
    for tabel in TABELLEN:
        kolom = {"klanten_klant": "id", "logboek_pseudoniem": "klant",
                 "klanten_gebeurtenis": "onderwerp"}.get(tabel, "klant_id")  # fmt: skip
        assert _rij(tabel, kolom, geladen) == _rij(tabel, kolom, echt), tabel


def test_de_geladen_nummers_voldoen_aan_de_elfproef() -> None:
    assert all(elfproef(nummer) for n in range(1000) if (nummer := bsn(n)))
