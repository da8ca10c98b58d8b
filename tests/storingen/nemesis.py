"""Wie de storm maakt: kiest met een vast zaad wat er omvalt, wanneer, en hoe lang."""

import os
import random
import signal
import time
from collections import Counter

import psycopg

ACHTERKANT = """
select pid from pg_stat_activity
 where datname = current_database() and backend_type = 'client backend'
   and pid <> pg_backend_pid()
"""


class Nemesis:
    """Eén streek tegelijk; `gedaan` telt wat er echt gebeurde."""

    def __init__(self, storm, zaad):
        self._storm = storm
        self._kans = random.Random(zaad)  # noqa: S311 - een vast zaad, geen geheim
        self.gedaan = Counter()
        self._streken = {
            self.werker: 7,
            self.web: 4,
            self.ontvanger: 1,
            self.achterkant: 3,
            self.databank: 2,
            self.verbindingen: 2,
            self.naar_het_portaal: 3,
            self.naar_de_databank: 2,
            self.naar_de_ontvanger: 3,
        }

    def woed(self, seconden, *, minstens, doden):
        """Stoor `seconden` lang; daarna, tot vijfmaal zo lang, alleen nog wat ontbreekt.

        Met te weinig `doden` (webprocessen en werkers) vallen die om; met minder dan `minstens`
        toezeggingen is het stil, want op een drukke machine komt er tussen twee streken niets af.
        """
        begin, eerst = time.monotonic(), list(self._streken)
        self._kans.shuffle(eerst)  # van alles minstens één keer
        while (tijd := time.monotonic() - begin) < seconden * 5:
            verlengd, te_weinig = tijd >= seconden, self.doden < doden
            if verlengd and not te_weinig and self._storm.toegezegd >= minstens:
                return
            self._storm.bewaak(self._kans.uniform(0.4, 1.4))
            if te_weinig or not verlengd:
                keuze = (self.werker, self.web) if verlengd else self._streken
                streek = eerst.pop() if eerst else self._kies(keuze)
                streek()
                self.gedaan[streek.__name__] += 1

    def _kies(self, keuze):
        return self._kans.choices([*keuze], [self._streken[streek] for streek in keuze])[0]

    @property
    def doden(self):
        """Hoeveel webprocessen en werkers er met kill -9 omvielen."""
        return self.gedaan["web"] + self.gedaan["werker"]

    @staticmethod
    def _dood(proces):
        proces.sein(signal.SIGKILL)
        proces.wacht_op_einde()

    def werker(self):
        self._dood(self._kans.choice(self._storm.werkers))

    def web(self):
        self._dood(self._kans.choice(self._storm.webprocessen))

    def ontvanger(self):
        self._dood(self._storm.gemeente)

    def achterkant(self):
        """kill -9 van één achterkant: PostgreSQL neemt alle andere mee en herstelt."""
        try:
            pids = [rij[0] for rij in self._storm.vraag(ACHTERKANT)]
        except psycopg.OperationalError:  # zij herstelt nog van de vorige keer
            return
        if pids:
            os.kill(self._kans.choice(pids), signal.SIGKILL)

    def databank(self):
        """Onmiddellijk gestopt, een tijd weg, en weer gestart."""
        server = self._storm.server
        server.kind.send_signal(signal.SIGQUIT)
        server.kind.wait(20)
        self._storm.bewaak(self._kans.uniform(0.2, 1.5))
        server._herstart = False
        assert server.bewaak()

    def verbindingen(self):
        self._een_tijd(self._storm.naar_databank, "weg", hooguit=0.5)

    def naar_het_portaal(self):
        self._een_tijd(self._storm.voordeur)

    def naar_de_databank(self):
        self._een_tijd(self._storm.naar_databank)

    def naar_de_ontvanger(self):
        """Ook langer dan de twee seconden die de pomp van de storm wacht."""
        self._een_tijd(self._storm.naar_ontvanger, hooguit=3)

    def _een_tijd(self, weg, stand="", *, hooguit=1.5):
        weg.zet(stand or self._kans.choice(["traag", "hang", "knip", "knip", "weg"]))
        self._storm.bewaak(self._kans.uniform(0.05, hooguit))
        weg.zet("door")
