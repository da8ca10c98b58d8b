"""Een echte werker en een echte ontvanger naast het portaal, en een mens achter een browser."""

import datetime as dt
import json
import os
import subprocess
import sys

import httpx
import pytest
from django.db import connection

from portal.ingebed.server import vrije_poort
from portal.klanten.models import Proces
from tests.mijn.vulling import code_uit
from tests.verhalen.wachten import tot
from tests.webhooks.conftest import GEHEIM, abonnement


class Gemeente:
    """De ontvanger als eigen proces: wat er kwam, en wat er aan mensen gepost is."""

    def __init__(self):
        self.poort = vrije_poort()
        self.url = f"http://127.0.0.1:{self.poort}"
        self._proces = None

    def begin(self):
        opdracht = [sys.executable, "-m", "tests.nep_gemeente", "--poort", str(self.poort)]
        omgeving = {**os.environ, "WEBHOOKS_DEMO_GEHEIM": GEHEIM}
        self._proces = subprocess.Popen(opdracht, env=omgeving)
        tot(self._antwoordt)

    def stop(self):
        self._proces.terminate()
        self._proces.wait(10)

    def alles(self):
        return httpx.get(f"{self.url}/ontvangen.json").json()

    def soorten(self):
        """De soorten van de berichten die aankwamen en klopten, op volgorde van aankomst."""
        return [een["type"] for een in self._gekomen()]

    def velden(self):
        return [een["data"]["gewijzigd"] for een in self._gekomen()]

    def versies(self):
        return [een["data"]["versie"] for een in self._gekomen()]

    def post_aan(self, aan, woord=""):
        """De tekst van het nieuwste bericht aan dit adres waarin dit woord staat."""
        for post in self.alles()["post"]:
            if post["aan"] == aan and woord in post["tekst"]:
                return post["tekst"]
        return ""

    def code_voor(self, aan):
        return code_uit(tot(lambda: self.post_aan(aan, "code")))

    def _gekomen(self):
        """Wat aankwam, echt ondertekend was en over een klant ging; het oudste eerst."""
        rij = [json.loads(een["inhoud"]) for een in reversed(self.alles()["ontvangen"])]
        return [een for een in rij if "versie" in een["data"]]

    def _antwoordt(self):
        try:
            return httpx.get(self.url).status_code == 200
        except httpx.HTTPError:
            return False


@pytest.fixture
def gemeente(settings, portaal):
    """De ontvanger van de demo, met een abonnement op alles."""
    ontvanger = Gemeente()
    ontvanger.begin()
    settings.WEBHOOKS_DEMO_ONTVANGERS = [ontvanger.url]
    abonnement(f"{ontvanger.url}/webhook", naam="Belastingen")
    yield ontvanger
    ontvanger.stop()


@pytest.fixture
def werkerlog(tmp_path):
    """Wat de werker zegt, op stdout en stderr."""
    return tmp_path / "werker.log"


@pytest.fixture
def werker(gemeente, portaal, werkerlog):
    """De werker als eigen proces, op de databank van deze test."""
    zet = connection.settings_dict
    wie = f"{zet['USER']}:{zet['PASSWORD']}@{zet['HOST']}:{zet['PORT']}"
    omgeving = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{wie}/{zet['NAME']}",
        "WEBHOOKS_DEMO_ONTVANGERS": gemeente.url,
        "DEMO_POST_URL": gemeente.url,
        "PORTAAL_URL": portaal,
        "PROCES": "werker",
    }
    opdracht = [sys.executable, "manage.py", "procrastinate", "worker"]
    with werkerlog.open("ab") as log:
        proces = subprocess.Popen(opdracht, env=omgeving, stdout=log, stderr=log)
    yield proces
    proces.terminate()
    proces.wait(15)


@pytest.fixture
def straat(portaal):
    """Een soort melding die iedereen mag doen."""
    Proces.objects.create(
        code="straat",
        omschrijving="Iets kapot op straat",
        open_kanaal=True,
        bewaartermijn=dt.timedelta(days=30),
    )
