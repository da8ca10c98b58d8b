"""`manage.py vul_openklant`: every klant that was there before Open Klant was connected."""

import time
from argparse import ArgumentParser
from enum import Enum, auto
from itertools import islice
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from accounts.voortgang import toon_balk
from portal.registers import uitbak
from portal.registers.instellingen import is_gekoppeld
from portal.registers.openklant.vullen import Ritme, nog_niet, te_vullen
from portal.registers.verbinding import Onbereikbaar

OP_RIJ = 3
"""After so many times no answer in a row the neighbour is away: asking on would only hurt her."""


class Uitkomst(Enum):
    """How it went for one klant."""

    KLAAR = auto()
    GEWEIGERD = auto()
    WEG = auto()


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
        klanten, weg, geweigerd = list(islice(te_vullen(), hooguit)), 0, 0
        ritme = Ritme(60 / per_minuut, klok=time.monotonic, slaap=time.sleep)
        for klaar, klant in enumerate(klanten, start=1):
            ritme.wacht()
            uitkomst = _breng(klant)
            weg = weg + 1 if uitkomst is Uitkomst.WEG else 0
            geweigerd += uitkomst is Uitkomst.GEWEIGERD
            toon_balk(self.stdout, "klanten", klaar, len(klanten))
            if weg == OP_RIJ:
                raise CommandError("Open Klant antwoordt niet. Begin later opnieuw; niets is weg.")
        self.stdout.write(
            f"klaar: {len(klanten)} klanten geprobeerd, {geweigerd} geweigerd,"
            f" {nog_niet().count()} nog niet"
        )


def _breng(klant: UUID) -> Uitkomst:
    """What fails for one klant waits in the outbox with its reason, and holds up nobody else."""
    try:
        uitbak.doe_nu("openklant", klant, op=timezone.now())
    except Onbereikbaar:
        return Uitkomst.WEG
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 - the reason stands with the row; a text could name someone
        return Uitkomst.GEWEIGERD
    return Uitkomst.KLAAR
