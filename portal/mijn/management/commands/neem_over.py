"""Make a klant here of a file that she took along elsewhere (OWN-6)."""

import json
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.niveaus import Niveau
from portal.klanten import handelingen
from portal.klanten.regels import RegelGeschonden, Subjectsoort
from portal.mijn.toegang import NUMMER_BIJ_OVERNAME, authenticatie_voor_overname


class Command(BaseCommand):
    help = (
        "Maak hier een klant van een bestand (JSON) dat zij elders meenam, met de herkomst "
        "die erin staat: alleen voor een bestand dat u zelf uit het andere portaal haalde. "
        "Het nummer van de klant staat er niet in: deze opdracht vraagt het, of leest het van "
        "de invoer (bij een vestiging: vestigingsnummer, spatie, KvK-nummer)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *, bestand: Path, **options: object) -> None:
        inhoud = _lees(bestand)
        try:
            klant = inhoud["klant"]
            soort, niveau = Subjectsoort(klant["subjectsoort"]), Niveau(klant["gevalideerd_niveau"])
        except (KeyError, TypeError, ValueError):
            raise CommandError(f"{bestand} is geen bestand van een gevalideerde klant.") from None
        try:
            door = authenticatie_voor_overname(soort, _nummer(soort), niveau)
        except ValueError:
            raise CommandError("Dit is geen geldig nummer van deze soort.") from None
        try:
            uitkomst = handelingen.neem_over(
                inhoud, door=door, gezien=0, sleutel=None, op=timezone.now()
            )
        except RegelGeschonden as fout:
            veld = getattr(fout, "veld", "")
            raise CommandError(f"Niet overgenomen: {fout} {veld}".rstrip()) from None
        self.stdout.write(f"Overgenomen als klant {uitkomst.klant}.")


def _lees(bestand: Path) -> dict[str, Any]:
    try:
        inhoud = json.loads(bestand.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CommandError(f"{bestand} is niet te lezen als JSON.") from None
    if not isinstance(inhoud, dict) or not isinstance(inhoud.get("klantgegevens"), dict):
        raise CommandError(f"{bestand} is geen meegenomen bestand.")
    return inhoud


def _nummer(soort: Subjectsoort) -> str:
    """The number never stands in an argument: those are in the history of a shell."""
    if soort not in NUMMER_BIJ_OVERNAME:
        raise CommandError("Wie met een Europees inlogmiddel kwam, begint hier opnieuw.")
    return getpass("Nummer: ") if sys.stdin.isatty() else sys.stdin.readline()
