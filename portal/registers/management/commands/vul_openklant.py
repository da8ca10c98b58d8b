"""`manage.py vul_openklant`: every klant that was there before Open Klant was connected."""

import time
from argparse import ArgumentParser
from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.voortgang import toon_balk
from portal.registers import uitbak
from portal.registers.instellingen import is_gekoppeld
from portal.registers.openklant.vullen import momenten, te_vullen

OP_RIJ = 3
"""After so many failures in a row the neighbour is away: asking on would only hurt her."""


class Command(BaseCommand):
    help = "Brengt elke klant die Open Klant nog niet kent daarheen; stoppen en hervatten mag."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--per-minuut", type=int, default=60, help="hooguit zoveel klanten")
        parser.add_argument("--hooguit", type=int, help="na zoveel klanten stoppen")

    def handle(self, *args: object, **opties: int | None) -> None:
        if not is_gekoppeld("openklant"):
            raise CommandError("Open Klant is niet ingesteld.")
        if (per_minuut := opties["per_minuut"] or 0) < 1:
            raise CommandError("--per-minuut is minstens 1.")
        self._vul(per_minuut, opties["hooguit"])

    def _vul(self, per_minuut: int, hooguit: int | None) -> None:
        klanten, mis = list(islice(te_vullen(), hooguit)), 0
        gepland = zip(klanten, momenten(time.monotonic(), per_minuut), strict=False)
        for klaar, (klant, moment) in enumerate(gepland, start=1):
            time.sleep(max(0.0, moment - time.monotonic()))
            mis = 0 if uitbak.doe_nu("openklant", klant, op=timezone.now()) else mis + 1
            toon_balk(self.stdout, "klanten", klaar, len(klanten))
            if mis == OP_RIJ:
                raise CommandError("Open Klant antwoordt niet. Begin later opnieuw; niets is weg.")
        self.stdout.write(f"klaar: {len(klanten)} klanten geprobeerd, {len(te_vullen())} nog niet")
