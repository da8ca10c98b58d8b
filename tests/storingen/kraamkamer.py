"""Starts workers, writers and the receiver in milliseconds: Django is loaded once, then forked.

Reads one JSON list a line on stdin, answers the pid. A killed process is a real process; only its
start is cheap, so that a test can kill many in a minute. Ends with its stdin, and takes all along.
"""

import datetime as dt
import json
import os
import signal
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - na setup
from django.core.management import call_command  # noqa: E402 - na setup
from django.urls import get_resolver  # noqa: E402 - na setup
from granian import Granian  # noqa: E402 - na setup
from granian.constants import Interfaces  # noqa: E402 - na setup
from granian.log import LogLevels  # noqa: E402 - na setup

from accounts.nagebootst import tokens  # noqa: E402 - na setup
from portal.klanten.models import Proces  # noqa: E402 - na setup
from portal.webhooks import tasks  # noqa: E402, F401 - vooraf geladen
from tests.nep_gemeente import __main__ as gemeente  # noqa: E402 - na setup
from tests.storingen import schrijver  # noqa: E402 - na setup
from tests.storingen.fouten import FOUTEN  # noqa: E402 - na setup
from tests.webhooks.conftest import abonnement  # noqa: E402 - na setup


def leef(soort, *keuzes):
    if soort == "web":
        dien(*map(int, keuzes))
    elif soort == "werker":
        settings.DATABASES["default"]["OPTIONS"] |= {
            "application_name": "werker-taken",
            "geduld": None,
        }
        call_command("procrastinate", "worker")
    elif soort == "gemeente":
        gemeente.main(keuzes)
    elif soort == "beheer":
        with open(keuzes[0], "w") as uit:
            call_command(*keuzes[1:], stdout=uit)
    elif soort == "proces":
        Proces.objects.create(
            code=keuzes[0],
            omschrijving="Straat",
            open_kanaal=True,
            bewaartermijn=dt.timedelta(days=30),
        )
    elif soort == "abonnementen":
        for url in keuzes:
            abonnement(url, naam=url.rpartition("/")[2])
    else:
        schrijver.main(keuzes)


def dien(poort):
    """De webserver van de demo en van het image, die hier haar werkproces vorkt."""
    Granian(
        "portal.wsgi:application",
        interface=Interfaces.WSGI,
        port=poort,
        blocking_threads=int(os.environ.get("GRANIAN_BLOCKING_THREADS", "4")),
        workers_kill_timeout=3,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


def met_fout(opdracht):
    """Staat er een fout voorop, dan gaat het in dit proces zo mis."""
    if opdracht[0] in FOUTEN:
        FOUTEN[opdracht[0]]()
        return opdracht[1:]
    return opdracht


def baar(opdracht):
    pid = os.fork()
    if pid:
        os.setpgid(pid, pid)
        return pid
    code = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        leef(*met_fout(opdracht))
        code = 0
    finally:
        os._exit(code)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    get_resolver().url_patterns  # noqa: B018 - vooraf geladen
    tokens.sleutel()
    kinderen = []
    for regel in sys.stdin:
        kinderen.append(baar(json.loads(regel)))
        print(kinderen[-1], flush=True)  # noqa: T201 - het antwoord
    for pid in kinderen:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main()
