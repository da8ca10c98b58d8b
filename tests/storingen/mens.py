"""Iemand achter een browser, zonder browser: logt in, wijzigt, en onthoudt wat hem gezegd is.

What was answered with a saved page goes to a log of its own, line by line: those are the promises.
Without an answer the same form is sent again, as a person does who reloads; its one-time key makes
that safe.
"""

import json
import re
import threading
import uuid
from collections import Counter
from dataclasses import dataclass

import httpx

from tests.inloggen import NIVEAUS

NAAM = "/mijn-gegevens/naam/"
VELD = re.compile(r'name="(csrfmiddlewaretoken|klant|gezien|sleutel|getoond)" value="([^"]*)"')
KANARIE = re.compile(r"Kanarie (\d+) ")
POGINGEN = 40
RUST = 0.15


def testnummer(volgnummer):
    """Het `volgnummer`-de getal uit 99999xxxx dat de elfproef haalt: van niemand."""
    gevonden = -1
    for staart in range(10_000):
        cijfers = [9, 9, 9, 9, 9, *map(int, f"{staart:04d}")]
        som = sum(c * (9 - i) for i, c in enumerate(cijfers[:8])) - cijfers[8]
        gevonden += som % 11 == 0
        if gevonden == volgnummer:
            return "".join(map(str, cijfers))
    raise ValueError(volgnummer)


@dataclass
class Formulier:
    """Wat er in het formulier stond dat deze mens zag."""

    velden: dict
    waarde: str = ""

    @classmethod
    def uit(cls, html):
        return cls(dict(VELD.findall(html)))


class Mens:
    """Eén inwoner met een eigen nummer en een eigen kanarie in elke waarde."""

    def __init__(self, poort, volgnummer, log=None):
        self.volgnummer, self._log = volgnummer, log
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{poort}", timeout=7)
        self.telling = Counter()
        self.klachten = []

    def ga_naar(self, poort):
        """Met dezelfde sessie naar het andere webproces."""
        self._http.base_url = f"http://127.0.0.1:{poort}"

    def sluit(self):
        self._http.close()
        if self._log:
            self._log.close()

    def log_in(self):
        """Kies jezelf bij het nagebootste middel; geeft het laatste antwoord."""
        vraag = self._http.get("/inloggen/digid/")
        adres = vraag.headers.get("location", "")
        gegevens = {
            "csrfmiddlewaretoken": Formulier.uit(self._http.get(adres).text).velden.get(
                "csrfmiddlewaretoken", ""
            ),
            "nummer": testnummer(self.volgnummer),
            "niveau": NIVEAUS["digid"][30],
            "doe": "inloggen",
        }
        keuze = self._http.post(adres, data=gegevens)
        return self._http.get(keuze.headers["location"])

    def vraag(self, pad):
        """GET, en let op dat er niets van een ander in staat."""
        antwoord = self._http.get(pad)
        self._eis_niets_van_een_ander(antwoord)
        return antwoord

    def stuur(self, pad, gegevens, **koppen):
        """POST zoals htmx het doet, en let op dat er niets van een ander in staat."""
        antwoord = self._http.post(pad, data=gegevens, headers={"HX-Request": "true", **koppen})
        self._eis_niets_van_een_ander(antwoord)
        return antwoord

    def verstuur(self, pad, **velden):
        """Open een bladzijde en stuur haar formulier, zoals zonder JavaScript."""
        return self._http.post(pad, data=Formulier.uit(self.vraag(pad).text).velden | velden)

    def open_formulier(self, pad=NAAM):
        antwoord = self.vraag(pad)
        if antwoord.status_code != 200:
            raise httpx.RequestError(f"status {antwoord.status_code}")
        return Formulier.uit(antwoord.text)

    def wijzig(self, formulier):
        """Stuur één wijziging tot er een antwoord is; True als zij is toegezegd."""
        formulier.waarde = formulier.waarde or f"Kanarie {self.volgnummer} {uuid.uuid4().hex}"
        for _ in range(POGINGEN):
            self.telling["verstuurd"] += 1
            try:
                antwoord = self.stuur(NAAM, {**formulier.velden, "waarde": formulier.waarde})
            except httpx.HTTPError:
                self.telling["geen antwoord"] += 1
                threading.Event().wait(RUST)
                continue
            if antwoord.status_code != 503:
                return self._beoordeel(formulier, antwoord)
            self._eis_bewaard(formulier, antwoord)
            threading.Event().wait(RUST)
        return False

    def _beoordeel(self, formulier, antwoord):
        self.telling[antwoord.status_code] += 1
        if antwoord.status_code >= 500:
            self.klachten.append(f"status {antwoord.status_code} na een wijziging")
        if antwoord.status_code != 200:
            return False
        if formulier.waarde not in antwoord.text:
            self.klachten.append("opgeslagen, maar de waarde staat niet op de bladzijde")
            return False
        self._noteer(formulier)
        return True

    def _eis_bewaard(self, formulier, antwoord):
        """P5: een 503 houdt vast wat er getypt was."""
        self.telling[503] += 1
        if formulier.waarde not in antwoord.text:
            self.klachten.append("de 503 bewaarde niet wat er getypt was")

    def _eis_niets_van_een_ander(self, antwoord):
        anderen = set(KANARIE.findall(antwoord.text)) - {str(self.volgnummer)}
        if anderen:
            self.klachten.append(f"gegevens van {anderen} op de bladzijde van {self.volgnummer}")

    def _noteer(self, formulier):
        regel = {
            "sleutel": formulier.velden["sleutel"],
            "versie": int(formulier.velden["gezien"]) + 1,
            "waarde": formulier.waarde,
        }
        if self._log:
            self._log.write(json.dumps(regel) + "\n")
            self._log.flush()

    def leef(self, einde):
        """Blijf wijzigen tot `einde` gezet is; een fout kost een nieuw formulier, geen einde."""
        ingelogd = False
        while not einde.is_set():
            try:
                ingelogd = ingelogd or self.log_in().status_code in {302, 303}
                self.wijzig(self.open_formulier())
            except (httpx.HTTPError, KeyError):
                ingelogd = False
                einde.wait(RUST)
