"""Een webproces dat blijft wijzigen: elke wijziging een handeling, elk antwoord in een logboek.

Runs until it is killed. A line is written and flushed after the handeling returned: that is what
a citizen was told.
"""

import argparse
import json
import os
import random
import signal
import time
from dataclasses import replace

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from portal.klanten.gevolgen import bij_elke_gebeurtenis
from portal.klanten.handelingen import registreer_klant, wijzig_naam
from portal.klanten.models import Klant
from portal.klanten.regels import NieuweNaam
from portal.webhooks import verspreiding
from portal.webhooks.models import Baan
from tests.mensen import NOOR


def sterf(*_):
    """Zoals een kernel die het proces weghaalt: niets wordt meer afgemaakt."""
    os.kill(os.getpid(), signal.SIGKILL)


def sterf_bij(plek, na):
    """Sterf bij de `na`-de wijziging: in de transactie, of tussen COMMIT en het wekken."""
    geteld = iter(range(1, 10**9))
    beurt = lambda *_: next(geteld) >= na and sterf()  # noqa: E731 - een regel
    if plek == "in-transactie":
        bij_elke_gebeurtenis("zz-sterf", beurt)
    elif plek == "na-commit":
        verspreiding.wek = beurt


def wacht_op_bezorging():
    """Wie met speling schrijft, wijzigt pas weer als alles weg is: niemand anders wekt de pomp."""
    while Baan.objects.filter(openstaand__gt=0).exists():
        time.sleep(0.005)


class Schrijver:
    """Wijzigt om de beurt de naam van zijn eigen klanten."""

    def __init__(self, naam, log, klanten):
        self._naam, self._log, self._klanten = naam, log, klanten

    def ronde(self, nummer):
        wie = replace(NOOR, subject_index=f"index-{self._naam}-{nummer % self._klanten}")
        klant = Klant.objects.filter(subject_index=wie.subject_index).first()
        gang = {"door": wie, "sleutel": None, "op": timezone.now()}
        naam = NieuweNaam(f"Noor {time.time_ns()}")
        if klant is None:
            uitkomst = registreer_klant(waarden=[naam], gezien=0, **gang)
        else:
            uitkomst = wijzig_naam(klant.pk, naam=naam, gezien=klant.versie, **gang)
        regel = {"klant": str(uitkomst.klant), "versie": uitkomst.versie}
        self._log.write(json.dumps(regel) + "\n")
        self._log.flush()


def main(argumenten):
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--naam", required=True)
    lezer.add_argument("--log", required=True)
    lezer.add_argument("--klanten", type=int, default=20)
    lezer.add_argument("--pauze", type=float, default=0.02)
    lezer.add_argument("--speling", type=float)
    lezer.add_argument("--sterf", choices=["in-transactie", "na-commit"])
    lezer.add_argument("--na", type=int, default=10)
    keuze = lezer.parse_args(argumenten)
    sterf_bij(keuze.sterf, keuze.na)
    kans = random.Random(keuze.naam)  # noqa: S311 - een vast zaad, geen geheim
    with open(keuze.log, "a") as log:
        schrijver, nummer = Schrijver(keuze.naam, log, keuze.klanten), 0
        while True:
            nummer += 1
            try:
                schrijver.ronde(nummer)
            except (DatabaseError, InterfaceError):
                connection.close()
                close_old_connections()
                time.sleep(0.1)
            if keuze.speling is not None:
                wacht_op_bezorging()
            time.sleep(keuze.pauze + kans.uniform(0, keuze.speling or 0))
