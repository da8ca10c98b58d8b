"""Echte processen op een eigen databank: ontvanger, werkers, schrijvers, en wie ze stoort."""

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from portal.ingebed import Server
from portal.ingebed.server import vrije_poort
from tests.databank import BASIS, NAAM, SJABLONEN, _kenmerk, _kopieer

GEHEIM = "whsec_Z2VoZWltLXZhbi13YXRlcnZlZW4temFha3N5c3RlZW0="
LEEG = """
do $$ declare t text; begin
  for t in select tablename from pg_tables where schemaname = 'public'
            and (tablename like 'webhooks\\_%' or tablename like 'procrastinate\\_%'
                 or tablename like 'berichten\\_%' or tablename = 'klanten_klant'
                 or tablename = 'klanten_interactie' or tablename = 'klanten_proces'
                 or tablename = 'klanten_gebeurtenis') loop
    execute format('truncate %I cascade', t);
  end loop;
end $$
"""


class Proces:
    """Eén proces dat een bewaker opnieuw start als het stopt, met welke code ook."""

    def __init__(self, baar, *opdracht, herstart=True):
        self._baar, self._opdracht, self._herstart = baar, opdracht, herstart
        self.gestart = 0
        self.start()

    def start(self):
        self.gestart += 1
        self.pid = self._baar(*self._opdracht)

    @property
    def leeft(self):
        return Path(f"/proc/{self.pid}").exists()

    def bewaak(self):
        if self._herstart and not self.leeft:
            self.start()

    def sein(self, sein):
        """Aan het proces zelf; SIGKILL neemt ook zijn kinderen mee."""
        with suppress(ProcessLookupError):
            (os.killpg if sein == signal.SIGKILL else os.kill)(self.pid, sein)

    def stop(self, sein=signal.SIGKILL):
        self._herstart = False
        self.sein(signal.SIGCONT)
        self.sein(sein)
        self.wacht_op_einde()

    def wacht_op_einde(self):
        wacht(lambda: not self.leeft, 20, "het proces stopt")


class Opstelling:
    """Alles bij elkaar; `with Opstelling(map) as o:` ruimt op, wat er ook gebeurt."""

    def __init__(self, map_):
        self.map = Path(map_)
        self.processen = []
        self.toezeggingen = []
        self.ontvangst = self.map / "ontvangst.log"
        self.poort = vrije_poort()
        self.server = Server(self.map / "server")
        self.kamer = None

    def __enter__(self):
        sjabloon = SJABLONEN / _kenmerk()
        if sjabloon.exists():
            _kopieer(sjabloon, self.map / "server")
        self.verhuis()
        self.server.start()
        self.url = self.server.url(NAAM)
        self.omgeving = os.environ | {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "TESTEN": "1",
            "WEBHOOKS_DEMO_ONTVANGERS": f"http://127.0.0.1:{self.poort}",
            "WEBHOOKS_DEMO_GEHEIM": GEHEIM,
            "DEMO_POST_URL": f"http://127.0.0.1:{self.poort}",
            "WEBHOOKS_TIJDSCHAAL": "0.02",
            "PYTHONPATH": str(BASIS),
            "LOG_NIVEAU": "ERROR",
            "WERKER_STOPTIJD": "20",
            "WERKER_HARTSLAG": str(self.map / "hartslag"),
            **self.omleiding(),
        }
        if not sjabloon.exists():
            migreer = [sys.executable, "manage.py", "migrate", "-v0", "--no-input"]
            subprocess.run(migreer, cwd=BASIS, env=self.omgeving, check=True)
        self.kamer = self._open_kamer()
        return self

    def __exit__(self, *fout):
        for proces in self.processen:
            proces.stop()
        if self.kamer:
            self.kamer.communicate()
        self.server.stop()
        shutil.rmtree(self.map, ignore_errors=True)

    def verhuis(self):
        """Voor wie de databank ergens anders wil hebben staan, net voor de start."""

    def omleiding(self):
        """Instellingen van de processen die anders zijn dan hier; voor wie er iets tussen zet."""
        return {}

    def begin_opnieuw(self):
        """Voor de volgende test: geen processen, geen rijen, een leeg logboek."""
        for proces in self.processen:
            proces.stop()
        self.processen, self.toezeggingen = [], []
        self.vraag(LEEG)
        self.ontvangst.unlink(missing_ok=True)

    def vraag(self, opdracht, *waarden):
        with psycopg.connect(self.url, autocommit=True) as verbinding:
            op_naam = waarden and isinstance(waarden[0], dict)
            cursor = verbinding.execute(opdracht, waarden[0] if op_naam else waarden or None)
            return cursor.fetchall() if cursor.description else []

    @property
    def poort_van_buiten(self):
        """Waar de werkers de ontvanger vinden."""
        return self.poort

    def _open_kamer(self):
        with open(self.map / "processen.log", "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.storingen.kraamkamer"],
                env=self.omgeving,
                cwd=BASIS,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def _baar(self, *opdracht):
        self.kamer.stdin.write(json.dumps(opdracht) + "\n")
        self.kamer.stdin.flush()
        return int(self.kamer.stdout.readline())

    def _start(self, *opdracht, fout="", **keuzes):
        """Een proces dat bewaakt wordt; `fout` is er een van tests/storingen/fouten.py."""
        opdracht = (fout, *opdracht) if fout else opdracht
        proces = Proces(self._baar, *opdracht, **keuzes)
        self.processen.append(proces)
        return proces

    def ontvanger(self, gedrag="goed"):
        """Die ook na een herstart zo doet; `gedrag` van één pad vergeet hij dan."""
        waar = ("--poort", str(self.poort), "--log", str(self.ontvangst))
        proces = self._start("gemeente", *waar, "--gedrag", gedrag)
        wacht(lambda: self.stand() is not None, 20, "de ontvanger antwoordt")
        return proces

    def stand(self):
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.poort}/ontvangen.json"
            ) as antwoord:
                return json.load(antwoord)
        except OSError:
            return None

    def gedrag(self, pad, gedrag, **meer):
        inhoud = json.dumps({"pad": pad, "gedrag": gedrag, **meer}).encode()
        vraag = urllib.request.Request(
            f"http://127.0.0.1:{self.poort}/gedrag", data=inhoud, method="PUT"
        )
        _open(vraag)

    def abonnement(self, *paden, **kolommen):
        """Actieve abonnementen op deze paden; `kolommen` gelden voor alle."""
        urls = [f"http://127.0.0.1:{self.poort_van_buiten}{pad}" for pad in paden]
        Proces(self._baar, "abonnementen", *urls, herstart=False).wacht_op_einde()
        for kolom, waarde in kolommen.items():
            opdracht = sql.SQL("update webhooks_abonnement set {} = %s")
            self.vraag(opdracht.format(sql.Identifier(kolom)), waarde)

    def beheer(self, *opdracht):
        """Een opdracht van manage.py; geeft wat hij schreef."""
        uit = self.map / "beheer.uit"
        uit.unlink(missing_ok=True)
        Proces(self._baar, "beheer", str(uit), *opdracht, herstart=False).wacht_op_einde()
        return uit.read_text().strip()

    def proces(self, code):
        """Een soort melding die iedereen mag doen."""
        Proces(self._baar, "proces", code, herstart=False).wacht_op_einde()

    def werker(self, fout=""):
        return self._start("werker", fout=fout)

    def schrijver(self, naam, *keuzes, **meer):
        log = self.map / f"schrijver-{len(self.toezeggingen)}.log"
        log.unlink(missing_ok=True)
        self.toezeggingen.append(log)
        return self._start("schrijver", "--naam", naam, "--log", str(log), *keuzes, **meer)

    def bewaak(self, seconden):
        """Laat de tijd lopen; wat stopte wordt opnieuw gestart."""
        einde = time.monotonic() + seconden
        while time.monotonic() < einde:
            for proces in self.processen:
                proces.bewaak()
            time.sleep(0.05)

    def aantal_open(self):
        return self.vraag("select coalesce(sum(openstaand), 0)::int from webhooks_baan")[0][0]

    def wacht_tot_leeg(self, seconden=20):
        def leeg():
            self.bewaak(0.1)
            return self.aantal_open() == 0

        wacht(leeg, seconden, "alles is bezorgd")


def _open(vraag):
    with urllib.request.urlopen(vraag, timeout=5) as antwoord:  # noqa: S310 - onze ontvanger
        return io.BytesIO(antwoord.read())


def op_deze_machine(seconden):
    """Een grens voor een machine die van ons alleen is; op een drukke ruimer, naar de drukte."""
    return seconden * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def wacht(vraag, seconden, wat):
    """Wacht tot `vraag` ja zegt; duurt het langer, dan is dat de fout. Geeft de seconden terug."""
    begin = time.monotonic()
    while not vraag():
        if time.monotonic() - begin > seconden:
            raise AssertionError(f"na {seconden} s nog niet: {wat}")
        time.sleep(0.02)
    return time.monotonic() - begin


def nemesis(opstelling, werkers, schrijvers, aantal, zaad):
    """Dood op willekeurige momenten een werker of een schrijver."""
    kans = random.Random(zaad)  # noqa: S311 - een vast zaad, geen geheim
    for _ in range(aantal):
        opstelling.bewaak(kans.uniform(0.15, 0.75))
        slachtoffer = kans.choice(werkers * 2 + schrijvers)
        slachtoffer.sein(signal.SIGKILL)
        slachtoffer.wacht_op_einde()
