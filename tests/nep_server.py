"""The skeleton of a stand-in: a real HTTP server that keeps to an OpenAPI file, both ways.

A subclass names its file and has a method per operation. What the file refuses gets 400 before
the method runs; an answer of ours that the file does not allow is a 500, so that a test fails.
"""

import argparse
import json
import os
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import jwt

from tests.contract import Contract, Treffer, contract

GEHEIM = os.environ.get("BUREN_GEHEIM") or "geheim-van-de-nagebootste-buren-0123456789"
CLIENT = "klantportaal"


@dataclass(frozen=True)
class Verzoek:
    """One request, read."""

    methode: str
    pad: str
    zoek: dict[str, str]
    koppen: dict[str, str]
    inhoud: Any
    waarden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Antwoord:
    """What goes back; no `inhoud` is an empty body."""

    status: int = 200
    inhoud: Any = None
    soort: str = "application/json"


Handeling = Callable[[Verzoek], Antwoord]
PER_BLADZIJDE = 100


class Bak:
    """A collection of one resource: rows by uuid, each with its own URL."""

    def __init__(self, nep: "Nep", pad: str) -> None:
        self._nep, self.pad = nep, pad
        self.rijen: dict[str, dict[str, Any]] = {}

    def url(self, sleutel: str) -> str:
        """Return where this row is to be found."""
        return f"{self._nep.url}{self.pad}/{sleutel}"

    def zet(self, rij: dict[str, Any], sleutel: str = "") -> dict[str, Any]:
        """Keep a row, under a new uuid unless one is given, and return it."""
        sleutel = sleutel or str(uuid.uuid4())
        self.rijen[sleutel] = {**rij, "url": self.url(sleutel)}
        return self.rijen[sleutel]

    def bij_url(self, url: str) -> dict[str, Any] | None:
        """Return the row with this URL."""
        return next((rij for rij in self.rijen.values() if rij["url"] == url), None)

    def bladzijde(
        self, verzoek: "Verzoek", rijen: list[dict[str, Any]] | None = None
    ) -> "Antwoord":
        """Answer with one page in the envelope of these APIs."""
        rijen = list(self.rijen.values()) if rijen is None else rijen
        blad = int(verzoek.zoek.get("page", "1"))
        eind = blad * PER_BLADZIJDE
        volgende = f"{self._nep.url}{verzoek.pad}?page={blad + 1}" if len(rijen) > eind else None
        deel = rijen[eind - PER_BLADZIJDE : eind]
        inhoud = {"count": len(rijen), "next": volgende, "previous": None, "results": deel}
        return Antwoord(inhoud=inhoud)

    def een(self, verzoek: "Verzoek") -> "Antwoord":
        """Answer with the row that the path names."""
        rij = self.rijen.get(verzoek.waarden["uuid"])
        return Antwoord(inhoud=rij) if rij else self._nep.fout(404, "not_found")

    def weg(self, verzoek: "Verzoek") -> "Antwoord":
        """Delete the row that the path names."""
        gewist = self.rijen.pop(verzoek.waarden["uuid"], None)
        return Antwoord(204) if gewist else self._nep.fout(404, "not_found")


class Nep:
    """A neighbour in memory. `verzoeken` is what arrived, for tests to look at."""

    bestand: ClassVar[str]
    basispad: ClassVar[str] = ""
    naam: ClassVar[str] = "buur"

    def __init__(self, poort: int = 0) -> None:
        self.poort = poort
        self.verzoeken: list[Verzoek] = []
        self.slot = threading.RLock()
        self._server: ThreadingHTTPServer | None = None
        self._begonnen = False

    # --- what a subclass fills in ---------------------------------------------------------------
    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        """Return the method for each (method, path as in the file)."""
        raise NotImplementedError

    def mag(self, verzoek: Verzoek) -> bool:
        """Whether the caller logged in as this neighbour wants."""
        return zgw_klopt(verzoek)

    def fout(self, status: int, code: str) -> Antwoord:
        """Return an error in this neighbour's own form."""
        inhoud = {
            "type": f"urn:fout:{code}",
            "code": code,
            "title": code,
            "status": status,
            "detail": code,
            "instance": f"urn:uuid:{uuid.uuid4()}",
            "invalidParams": [],
        }
        return Antwoord(status, inhoud, "application/problem+json")

    # --- life -----------------------------------------------------------------------------------
    def begin(self) -> None:
        """What is there before the first request; called once."""

    @property
    def url(self) -> str:
        """The base URL that the portal's setting must hold."""
        return f"http://127.0.0.1:{self.poort}{self.basispad}"

    def start(self) -> "Nep":
        """Listen; port 0 takes a free one, which stays the same after a stop."""
        nep = self

        class Afhandeling(_Afhandeling):
            buur = nep

        self._server = _Server(("127.0.0.1", self.poort), Afhandeling)
        self.poort = self._server.server_address[1]
        if not self._begonnen:
            self._begonnen = True
            self.begin()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop listening: who calls now is refused."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> "Nep":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- one request ----------------------------------------------------------------------------
    def behandel(self, verzoek: Verzoek) -> Antwoord:
        """Log in, check against the file, act, check the answer against the file."""
        with self.slot:
            self.verzoeken.append(verzoek)
        if not self.mag(verzoek):
            return self.fout(403 if verzoek.koppen.get("authorization") else 401, "geen-toegang")
        regels = contract(self.bestand)
        treffer = regels.zoek(verzoek.methode, verzoek.pad)
        if treffer is None:
            return self.fout(404, "geen-bron")
        if mankementen := self.mankementen(regels, treffer, verzoek):
            return self.fout(400, "; ".join(mankementen)[:900])
        return self._gekeurd(regels, treffer, verzoek)

    def mankementen(self, regels: Contract, treffer: Treffer, verzoek: Verzoek) -> list[str]:
        """What is wrong with this request according to the file."""
        return regels.mankementen_vraag(treffer, verzoek.zoek, verzoek.inhoud, verzoek.koppen)

    def _gekeurd(self, regels: Contract, treffer: Treffer, verzoek: Verzoek) -> Antwoord:
        doe = self.handelingen()[(treffer.methode, treffer.sjabloon)]
        with self.slot:
            antwoord = doe(Verzoek(**{**vars(verzoek), "waarden": treffer.waarden}))
        if antwoord.status < 400:
            fouten = regels.mankementen_antwoord(treffer, antwoord.status, antwoord.inhoud)
            if fouten:
                return Antwoord(500, {"stand-in": fouten})
        return antwoord


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50
    allow_reuse_address = True


class _Afhandeling(BaseHTTPRequestHandler):
    buur: Nep
    protocol_version = "HTTP/1.1"

    def _doe(self) -> None:
        lengte = int(self.headers.get("content-length") or 0)
        ruw = self.rfile.read(lengte)
        delen = urlsplit(self.path)
        verzoek = Verzoek(
            methode=self.command,
            pad=delen.path.removeprefix(self.buur.basispad),
            zoek=dict(parse_qsl(delen.query)),
            koppen={naam.lower(): waarde for naam, waarde in self.headers.items()},
            inhoud=json.loads(ruw) if ruw else None,
        )
        self._stuur(self.buur.behandel(verzoek))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _doe  # noqa: N815  # names of http.server

    def _stuur(self, antwoord: Antwoord) -> None:
        ruw = b"" if antwoord.inhoud is None else json.dumps(antwoord.inhoud).encode()
        self.send_response(antwoord.status)
        if ruw:
            self.send_header("Content-Type", antwoord.soort)
        if antwoord.status != 204:
            self.send_header("Content-Length", str(len(ruw)))
        self.end_headers()
        self.wfile.write(ruw)

    def log_message(self, *_: object) -> None:
        """Say nothing: a path may hold a number."""


def zgw_klopt(verzoek: Verzoek) -> bool:
    """Is this the ZGW token of our client, signed with our secret, of this hour?"""
    try:
        inhoud = jwt.decode(
            verzoek.koppen.get("authorization", "").removeprefix("Bearer "),
            GEHEIM,
            algorithms=["HS256"],
            options={"require": ["iss", "iat"]},
            leeway=60,
        )
    except jwt.InvalidTokenError:
        return False
    return inhoud.get("client_id") == CLIENT and abs(time.time() - inhoud["iat"]) < 3600


def draai(soort: type[Nep]) -> None:
    """`python -m tests.nep_… --poort 8101`: run until killed."""
    parser = argparse.ArgumentParser(description=soort.__doc__)
    parser.add_argument("--poort", type=int, required=True)
    nep = soort(parser.parse_args().poort)
    nep.start()
    threading.Event().wait()
