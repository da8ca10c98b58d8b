"""Starts workers, writers and the receiver in milliseconds: Django is loaded once, then forked.

Reads one JSON list a line on stdin, answers the pid. A killed process is a real process; only its
start is cheap, so that a test can kill many in a minute. Ends with its stdin, and takes all along.
"""

import json
import os
import signal
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - na setup
from django.core.management import call_command  # noqa: E402 - na setup

from portal.webhooks import tasks  # noqa: E402, F401 - vooraf geladen
from tests.nep_gemeente import __main__ as gemeente  # noqa: E402 - na setup
from tests.storingen import schrijver  # noqa: E402 - na setup
from tests.webhooks.conftest import abonnement  # noqa: E402 - na setup


def leef(soort, *keuzes):
    if soort == "werker":
        settings.DATABASES["default"]["OPTIONS"]["application_name"] = "werker-taken"
        call_command("procrastinate", "worker")
    elif soort == "gemeente":
        gemeente.main(keuzes)
    elif soort == "abonnementen":
        for url in keuzes:
            abonnement(url, naam=url.rpartition("/")[2])
    else:
        schrijver.main(keuzes)


def baar(opdracht):
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        leef(*opdracht)
        code = 0
    finally:
        os._exit(code)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    kinderen = []
    for regel in sys.stdin:
        kinderen.append(baar(json.loads(regel)))
        print(kinderen[-1], flush=True)  # noqa: T201 - het antwoord
    for pid in kinderen:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main()
