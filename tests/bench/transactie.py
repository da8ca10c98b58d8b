"""What the outbox costs the citizen's transaction, and a writer at an even pace."""

import json
import subprocess
import sys
import time

from tests.databank import BASIS

SCHRIJF = """
import sys, json, time, uuid
import django; django.setup()
from django.utils import timezone
from tests.webhooks.conftest import gebeurtenis
seconden, per_seconde = float(sys.argv[1]), float(sys.argv[2])
klanten = [uuid.uuid4() for _ in range(20)]
versies = dict.fromkeys(klanten, 0)
uit, begin = {}, time.time()
for n in range(int(seconden * per_seconde)):
    time.sleep(max(0, begin + n / per_seconde - time.time()))
    klant = klanten[n % len(klanten)]
    versies[klant] += 1
    rij = gebeurtenis(klant, versies[klant])
    uit[str(rij.pk)] = time.time()
print(json.dumps(uit))
"""
MEET = """
import sys, time, statistics
import django; django.setup()
from dataclasses import replace
from django.utils import timezone
from portal.klanten import gevolgen
from portal.klanten.handelingen import registreer_klant, wijzig_naam
from portal.klanten.regels import NieuweNaam
from portal.webhooks import verspreiding
from tests.mensen import NOOR
verspreiding.wek = lambda: None
gang = lambda **m: {'door': NOOR, 'sleutel': None, 'op': timezone.now(), **m}
klant = registreer_klant(waarden=[NieuweNaam('Noor')], **gang(gezien=0))
versie, id_ = klant.versie, klant.klant
def een():
    global versie
    begin = time.perf_counter()
    naam = NieuweNaam(f"Noor {time.time_ns()}")
    versie = wijzig_naam(id_, naam=naam, **gang(gezien=versie)).versie
    return time.perf_counter() - begin
def reeks(met):
    gevolgen._gevolgen.pop('webhooks', None)
    if met: gevolgen.bij_elke_gebeurtenis('webhooks', verspreiding.verspreid)
    return [een() for _ in range(60)]
reeks(True)
verhoudingen = []
for _ in range(5):
    zonder, met, weer = reeks(False), reeks(True), reeks(False)
    verhoudingen.append(statistics.median(met) / statistics.median(zonder + weer))
print(statistics.median(verhoudingen))
"""


def _python(bank, programma, *argumenten):
    uit = subprocess.run(
        [sys.executable, "-c", programma, *map(str, argumenten)],
        cwd=BASIS, env=bank.omgeving, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(uit.stdout)


def schrijf_rustig(bank, seconden, per_seconde):
    """Make changes at an even pace; gives per Gebeurtenis the moment after its COMMIT."""
    return _python(bank, SCHRIJF, seconden, per_seconde)


def meet(bank, aantal):
    """Median time of an edit with `aantal` abonnementen against one without the outbox."""
    bank.abonneer(*(f"/ok{n}" for n in range(aantal)))
    time.sleep(1)
    return float(_python(bank, MEET))
