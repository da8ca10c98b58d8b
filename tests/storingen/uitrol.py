"""Twee versies naast elkaar: deze boom, en een kopie die de databank uitbreidt.

The next version is this tree with one more field, its migration, and an index made concurrently;
its processes run from the copy. The balancer sends new connections to who is in turn, as a
Service of Kubernetes does; who leaves is taken out first and gets SIGTERM after that.
"""

import signal
import subprocess
import sys
import threading

import httpx

from portal.ingebed.server import vrije_poort
from tests.databank import BASIS
from tests.mutanten.__main__ import kopie
from tests.storingen.mens import NAAM, Mens
from tests.storingen.opstelling import Opstelling, Proces, wacht
from tests.storingen.tussenweg import Tussenweg

RUST = 0.5
"""Seconds between leaving the balancer and SIGTERM: `preStop` in deploy/kubernetes, but shorter."""
VELD = '    uitgave = models.CharField(max_length=10, default="nieuw", db_default="")\n'
DOEL = 'uitgave = "zien dat twee versies naast elkaar werken"\n'
"""Without a purpose for its new field that version refuses to start (klanten.E001)."""
MIGRATIE = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("klanten", "{vorige}")]
    operations = [
        migrations.AddField("klant", "uitgave",
                            models.CharField(max_length=10, default="nieuw", db_default="")),
        AddIndexConcurrently("klant", models.Index(fields=["uitgave"], name="klant_op_uitgave")),
    ]
"""


def maak_volgende(map_):
    """Een kopie van deze boom, één versie verder."""
    boom = kopie(map_)
    migraties = boom / "portal/klanten/migrations"
    vorige = max(pad.stem for pad in migraties.glob("0*.py"))
    (migraties / "9999_uitgave.py").write_text(MIGRATIE.format(vorige=vorige))
    model = boom / "portal/klanten/models/klant.py"
    voor = "    inactief_op = models.DateTimeField(null=True)\n"
    assert model.read_text().count(voor) == 1
    model.write_text(model.read_text().replace(voor, voor + VELD))
    doelen = boom / "portal/klanten/gegevens.toml"
    doelen.write_text(doelen.read_text().replace("\ninactief_op = ", f"\n{DOEL}inactief_op = "))
    return boom


class Bezoeker:
    """Wie telt wat lukte en wat niet; hij probeert niets opnieuw."""

    def __init__(self, mens):
        self.mens = mens
        self.mens._http.headers["Connection"] = "close"  # each request is balanced anew
        self.gelukt, self.mislukt = 0, []

    def leef(self, einde):
        self._doe(lambda: self.mens.log_in().status_code in {302, 303})
        while not einde.is_set():
            self._doe(lambda: self.mens.wijzig(self.mens.open_formulier()))
            self._doe(lambda: self.mens.vraag(NAAM).status_code == 200)

    def _doe(self, vraag):
        eerder = dict(self.mens.telling)
        try:
            goed = vraag()
        except (httpx.HTTPError, KeyError) as fout:
            goed = type(fout).__name__
        nieuw = self.mens.telling - type(self.mens.telling)(eerder)
        if goed is True and not nieuw.keys() - {"verstuurd", 200}:
            self.gelukt += 1
        else:
            self.mislukt.append((goed, dict(nieuw)))


class Uitrol(Opstelling):
    """Web en werker van twee versies op één databank, achter één verdeler."""

    def __init__(self, map_):
        super().__init__(map_)
        self.volgende = maak_volgende(self.map / "volgende")
        self.voordeur = Tussenweg()
        self.web, self.bezoekers, self.draden = [], [], []
        self.einde = threading.Event()

    def omleiding(self):
        return {"PORTAAL_URL": f"http://127.0.0.1:{self.voordeur.poort}"}

    def __enter__(self):
        self.voordeur.__enter__()
        super().__enter__()
        self.kamers = {BASIS: self.kamer, self.volgende: self._open_kamer_in(self.volgende)}
        return self

    def __exit__(self, *fout):
        self.stop_bezoek()
        for proces in self.web:
            proces.stop()
        super().__exit__(*fout)
        self.kamers[self.volgende].communicate()
        self.voordeur.__exit__(*fout)

    def _open_kamer_in(self, boom):
        with open(self.map / "volgende.log", "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.storingen.kraamkamer"],
                env=self.omgeving | {"PYTHONPATH": str(boom)}, cwd=boom, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def _uit(self, boom, *opdracht):
        self.kamer = self.kamers[boom]
        proces = Proces(self._baar, *opdracht, herstart=False)
        self.kamer = self.kamers[BASIS]
        self.processen.append(proces)
        return proces

    def begin(self, aantal=4):
        """Deze versie draait, met mensen die wijzigen en kijken."""
        self.ontvanger()
        self.abonnement("/webhook/een", wachttijd=2)
        self.werker_ = self._uit(BASIS, "werker")
        for _ in range(2):
            self._voeg_toe(BASIS)
        for nummer in range(aantal):
            self.komt_erbij(nummer)

    def komt_erbij(self, nummer):
        """Iemand die voor het eerst komt, en blijft wijzigen tot het einde."""
        log = self.map / f"mens-{nummer}.log"
        self.toezeggingen.append(log)
        bezoeker = Bezoeker(Mens(self.voordeur.poort, nummer, log.open("w")))
        draad = threading.Thread(target=bezoeker.leef, args=[self.einde], daemon=True)
        self.bezoekers.append(bezoeker)
        self.draden.append(draad)
        draad.start()
        wacht(lambda: bezoeker.gelukt > 4 or bezoeker.mislukt, 60, "zij heeft iets opgeslagen")

    def _voeg_toe(self, boom):
        poort = vrije_poort()
        proces = self._uit(boom, "web", str(poort))
        proces.poort = poort
        wacht(lambda: self.gereed(poort), 60, "het webproces is gereed")
        self.web.append(proces)
        self.voordeur.doelen = self.poorten

    @staticmethod
    def gereed(poort):
        try:
            return httpx.get(f"http://127.0.0.1:{poort}/health/ready", timeout=5).is_success
        except httpx.HTTPError:
            return False

    @property
    def poorten(self):
        return [proces.poort for proces in self.web]

    def _haal_weg(self):
        oudste = self.web.pop(0)
        self.voordeur.doelen = self.poorten
        self.bewaak(RUST)
        oudste.stop(signal.SIGTERM)

    def vernieuw(self, boom):
        """Web één voor één, dan de werker; zoals docs/handboek.md het zegt."""
        for _ in range(len(self.web)):
            self._voeg_toe(boom)
            self._haal_weg()
        oud, self.werker_ = self.werker_, self._uit(boom, "werker")
        oud.stop(signal.SIGTERM)
        self.wacht_op_bezoek(20)

    def wacht_op_bezoek(self, aantal):
        """Tot er weer `aantal` keer iets gelukt of mislukt is."""
        tot = self.geteld + aantal
        wacht(lambda: self.geteld >= tot, 60, "de mensen gaan door")

    @property
    def geteld(self):
        return sum(bezoeker.gelukt + len(bezoeker.mislukt) for bezoeker in self.bezoekers)

    @property
    def mislukt(self):
        return [fout for bezoeker in self.bezoekers for fout in bezoeker.mislukt]

    def migreer(self):
        """Zoals de Job: een slot dat niet vrijkomt is opnieuw proberen; geeft het aantal keren."""
        for poging in range(1, 8):
            klaar = subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0", "--no-input", "--skip-checks"],
                cwd=self.volgende, env=self.omgeving | {"PYTHONPATH": str(self.volgende)},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if not klaar.returncode:
                return poging
            assert "LockNotAvailable" in klaar.stderr, klaar.stderr[-2000:]
        raise AssertionError("het slot kwam niet vrij")

    def stop_bezoek(self):
        self.einde.set()
        for draad in self.draden:
            draad.join(30)
        for bezoeker in self.bezoekers:
            bezoeker.mens.sluit()
