"""Keep the erasure ledger outside the database, and clean a restored backup with it."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.klanten.handelingen import wisboek

EINDE = "."
"""Closes a whole line: a line without it was cut off by a crash."""


class Command(BaseCommand):
    help = (
        "wisboek BESTAND: vul het wisboek aan (elke minuut, op een andere schijf dan de kopieën). "
        "wisboek BESTAND --schoon: wis na het terugzetten opnieuw, vóór het portaal opengaat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--schoon", action="store_true")

    def handle(self, *, bestand: Path, schoon: bool, **options: object) -> None:
        bekend = _lees(bestand)
        if schoon:
            if not bekend:
                raise CommandError(f"{bestand} is leeg of bestaat niet; er is niets gewist.")
            aantal = wisboek.schoon_na_herstel(bekend, op=timezone.now())
            self.stdout.write(f"{aantal} klanten opnieuw gewist of opgeschoond.")
            return
        nieuw = [regel for regel in wisboek.regels() if regel[0] not in bekend]
        with bestand.open("a", encoding="ascii") as boek:
            boek.writelines(f"\n{afdruk} {op.isoformat()} {EINDE}" for afdruk, op in nieuw)
            boek.flush()
            os.fsync(boek.fileno())
        os.utime(bestand)  # a minute without a line was written down too: the alarm looks at this
        self.stdout.write(f"{len(nieuw)} regels bijgeschreven.")


def _lees(bestand: Path) -> set[str]:
    """Read the digests; a half line (a crash while writing) is skipped, and written again.

    Each line starts with its line end, so what follows a half line stays readable.
    """
    if not bestand.exists():
        return set()
    regels = (regel.split() for regel in bestand.read_text(encoding="ascii").splitlines())
    return {regel[0] for regel in regels if regel[-1:] == [EINDE]}
