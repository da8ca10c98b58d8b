"""Alles tegelijk over echte HTTP: twee webprocessen, twee werkers, en mensen die wijzigen.

Between clients and portal, portal and database, workers and receiver stands a Tussenweg each.
"""

import threading
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx

from portal.ingebed.server import vrije_poort
from tests.storingen.mens import Mens
from tests.storingen.opstelling import Opstelling, wacht
from tests.storingen.tussenweg import Tussenweg

PADEN = [f"/webhook/{nummer}" for nummer in range(3)]


class Storm(Opstelling):
    """De opstelling met webprocessen en met een tussenweg op elke verbinding."""

    def __init__(self, map_, mensen=6):
        super().__init__(map_)
        self._mensen = mensen
        self._stapel = ExitStack()
        self.webpoorten = []
        self.voordeur = self._stapel.enter_context(Tussenweg())
        self.naar_ontvanger = self._stapel.enter_context(Tussenweg(self.poort))
        self.naar_databank = None
        self.einde = threading.Event()
        self.mensen, self._draden = [], []
        self.telling, self.klachten = Counter(), []

    def omleiding(self):
        self.naar_databank = self._stapel.enter_context(Tussenweg(self.server.poort))
        omweg = self.url.replace(f":{self.server.poort}/", f":{self.naar_databank.poort}/")
        assert urlsplit(omweg).port == self.naar_databank.poort
        return {
            "DATABASE_URL": omweg,
            "PORTAAL_URL": f"http://127.0.0.1:{self.voordeur.poort}",
            "WEBHOOKS_DEMO_ONTVANGERS": f"http://127.0.0.1:{self.naar_ontvanger.poort}",
        }

    @property
    def poort_van_buiten(self):
        return self.naar_ontvanger.poort

    def __exit__(self, *fout):
        self.stop_mensen()
        super().__exit__(*fout)
        self._stapel.close()

    def begin_opnieuw(self):
        self.stop_mensen()
        self.telling, self.klachten = Counter(), []
        self.alles_door()
        super().begin_opnieuw()

    def web(self):
        """Beide webprocessen, op poorten die nu vrij zijn; geeft ze als ze antwoorden."""
        self.webpoorten = [vrije_poort(), vrije_poort()]
        self.voordeur.doelen[:] = self.webpoorten
        self.webprocessen = [self._start("web", str(poort)) for poort in self.webpoorten]
        for poort in self.webpoorten:
            wacht(lambda p=poort: self.gezond(p), 40, "het webproces antwoordt")
        assert all(proces.leeft for proces in self.webprocessen), "een ander nam de poort"
        return self.webprocessen

    @staticmethod
    def gezond(poort):
        try:
            return httpx.get(f"http://127.0.0.1:{poort}/health/ready", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def mens(self, volgnummer, *, poort=None):
        """Iemand die zelf handelt; zonder `poort` door de voordeur."""
        mens = Mens(poort or self.voordeur.poort, volgnummer)
        self.mensen.append(mens)
        return mens

    def begin_storm(self):
        """Ontvanger, werkers, webprocessen, en mensen die beginnen te wijzigen."""
        self.gemeente = self.ontvanger("grillig")
        self.abonnement(*PADEN, wachttijd=2)
        self.werkers = [self.werker(), self.werker()]
        self.web()
        for nummer in range(self._mensen):
            log = self.map / f"mens-{nummer}.log"
            self.toezeggingen.append(log)
            mens = Mens(self.voordeur.poort, nummer, log.open("w"))
            draad = threading.Thread(target=mens.leef, args=[self.einde], daemon=True)
            self.mensen.append(mens)
            self._draden.append(draad)
            draad.start()

    def stop_mensen(self):
        self.einde.set()
        for draad in self._draden:
            draad.join(30)
        for mens in self.mensen:
            mens.sluit()
            self.telling += mens.telling
            self.klachten += mens.klachten
        self.mensen, self._draden = [], []
        self.einde.clear()

    def alles_door(self):
        for weg in (self.voordeur, self.naar_databank, self.naar_ontvanger):
            weg.zet("door")

    @property
    def telling_nu(self):
        """Welke antwoorden de mensen tot nu toe kregen, per status."""
        return sum((mens.telling for mens in self.mensen), Counter())

    @property
    def toegezegd(self):
        """Hoeveel wijzigingen de mensen tot nu toe als opgeslagen terugkregen."""
        return self.telling_nu[200]
