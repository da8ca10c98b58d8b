"""Many klanten by COPY, row for row what handelingen would make; a test proves that of a sample."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.identiteit import Identiteit, Soort, blinde_index, verzegel_identiteit

OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WATERVEEN = "823288444"
HERKOMST = ("pseudoniem", "digid", 30, OP, "portaal")
TABELLEN = {
    "klanten_klant": (
        "id bronorganisatie klantnummer subjectsoort subject_index subject_verzegeld subject_land "
        "persoon bedrijf_index rsin_index gevalideerd gevalideerd_op gevalideerd_middel "
        "gevalideerd_niveau versie actief_op"
    ),
    "klanten_naam": (
        "id klant_id waarde functie bedrijfsnaam versie gegeven_door middel niveau gegeven_op "
        "gegeven_via"
    ),
    "klanten_digitaaladres": (
        "id klant_id soort waarde omschrijving standaard stand vervangt_id bevestigd_op "
        "bevestigd_wijze versie gegeven_door middel niveau gegeven_op gegeven_via"
    ),
    "klanten_postadres": (
        "id klant_id soort landcode postcode huisnummer huisletter toevoeging straat plaats regel1 "
        "regel2 regel3 tav versie gegeven_door middel niveau gegeven_op gegeven_via"
    ),
    "klanten_gebeurtenis": (
        "id soort bronorganisatie onderwerp subjectsoort versie velden gebeurd_op handelende "
        "middel niveau"
    ),
    "logboek_pseudoniem": "klant sleutel",
}


@dataclass(frozen=True)
class Mens:
    """One klant of the load, with the number to find her by."""

    id: UUID
    bsn: str


def bsn(n: int) -> str:
    """The n-th number that passes the 11-proof, from 900000000 up: outside the issued range."""
    basis = 90_000_000 + n
    som = sum(w * int(c) for w, c in zip(range(9, 1, -1), str(basis), strict=True))
    return f"{basis}{som % 11}" if som % 11 < 10 else ""


def nummers(van: int, tot: int) -> Iterator[tuple[int, str]]:
    return ((n, nummer) for n in range(van, tot) if (nummer := bsn(n)))


def vul(van: int, tot: int) -> list[Mens]:
    """Load the klanten with numbers van…tot; return a thousand of them to ask for."""
    mensen: list[Mens] = []
    rijen: dict[str, list[tuple[Any, ...]]] = {tabel: [] for tabel in TABELLEN}
    with connection.cursor() as cursor:
        cursor.execute("alter table klanten_gebeurtenis disable trigger user")
        cursor.execute("set synchronous_commit = off")
        for n, nummer in nummers(van, tot):
            mens = Mens(UUID(bytes=os.urandom(16), version=4), nummer)
            mensen.append(mens)
            for tabel, rij in _rijen(mens, n).items():
                rijen[tabel].append(rij)
            if len(mensen) % 10_000 == 0:
                _schrijf(cursor, rijen)
        _schrijf(cursor, rijen)
        cursor.execute("alter table klanten_gebeurtenis enable trigger user")
        cursor.execute("set synchronous_commit = on")
    return random.Random(7).sample(mensen, 1000)  # noqa: S311 - a repeatable choice


def _rijen(mens: Mens, n: int) -> dict[str, tuple[Any, ...]]:
    identiteit = Identiteit(Soort.BSN, mens.bsn)
    met = (1, *HERKOMST)
    eigen = [UUID(bytes=os.urandom(16), version=4) for _ in range(4)]
    return {
        "klanten_klant": (
            mens.id, WATERVEEN, f"{n:08d}", "natuurlijk_persoon", blinde_index(identiteit),
            verzegel_identiteit(identiteit), "", True, "", "", True, OP, "digid", 30, 1, OP,
        ),
        "klanten_naam": (eigen[0], mens.id, f"Noor {n}", "", "", *met),
        "klanten_digitaaladres": (
            eigen[1], mens.id, "telefoon", f"+3161{n:07d}", "", True, "in_gebruik", None, OP,
            "code", *met,
        ),
        "klanten_postadres": (
            eigen[2], mens.id, "straat", "NL", "1234AB", 1 + n % 90_000, "", "", "Dorpsstraat",
            "Waterveen", "", "", "", "", *met,
        ),
        "klanten_gebeurtenis": (
            eigen[3], "klant.aangemaakt", WATERVEEN, mens.id, "natuurlijk_persoon", 1,
            ["naam", "postadres", "telefoon"], OP, "pseudoniem", "digid", 30,
        ),
        "logboek_pseudoniem": (mens.id, os.urandom(32)),
    }  # fmt: skip


def _schrijf(cursor: Any, rijen: dict[str, list[tuple[Any, ...]]]) -> None:
    for tabel, kolommen in TABELLEN.items():
        opdracht = f"copy {tabel} ({', '.join(kolommen.split())}) from stdin"
        with cursor.copy(opdracht) as copy:
            for rij in rijen[tabel]:
                copy.write_row(rij)
        rijen[tabel].clear()
