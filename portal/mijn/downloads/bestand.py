"""Van tabellen naar een bestand: CSV die geen formules start, en een PDF die voor te lezen is."""

import csv
import io
import json
import logging
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import typst

from portal.mijn.downloads.inhoud import Deel

logger = logging.getLogger(__name__)
SJABLOON = Path(__file__).with_name("gegevens.typ")
FORMULE = tuple("=+-@\t\r\n")


def als_csv(delen: Iterable[Deel]) -> bytes:
    """Schrijf CSV met puntkomma's en BOM, zoals een rekenblad in Nederland het leest.

    A cell that a spreadsheet could read as a formula gets an apostrophe, full-width signs too.
    """
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for deel in delen:
        schrijver.writerow([_veilig(deel.kop)])
        schrijver.writerow([_veilig(kolom) for kolom in deel.kolommen])
        schrijver.writerows([_veilig(cel) for cel in rij] for rij in deel.rijen)
        schrijver.writerow([])
    return uit.getvalue().encode("utf-8-sig")


def als_pdf(delen: Iterable[Deel], *, titel: str, taal: str, leeg: str, voet: str) -> bytes:
    """Maak een PDF met koppen en tabellen die een schermlezer kent (PDF/UA-1).

    PDF/UA forbids a sign that no font can draw. A name in such a script still gets a tagged PDF,
    without the claim of PDF/UA.
    """
    inhoud = json.dumps(
        {
            "titel": titel,
            "taal": taal,
            "leeg": leeg,
            "voet": voet,
            "delen": [vars(deel) for deel in delen],
        }
    )
    try:
        return _zet(inhoud, "ua-1")
    except typst.TypstError:
        logger.info("PDF zonder PDF/UA: een teken ontbreekt in de letters")
        return _zet(inhoud, None)


def _zet(inhoud: str, standaard: Literal["ua-1"] | None) -> bytes:
    pdf: bytes = typst.compile(
        str(SJABLOON), format="pdf", sys_inputs={"gegevens": inhoud}, pdf_standards=standaard
    )
    return pdf


def _veilig(cel: str) -> str:
    """Zet een apostrof voor wat een rekenblad als formule zou lezen."""
    begin = unicodedata.normalize("NFKC", cel[:1])
    return f"'{cel}" if begin.startswith(FORMULE) else cel
