"""A provider in a process of its own that can forge, and a portal that trusts it."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.http import HttpResponse
from django.test import Client

from accounts import achterkanaal

DIGID = {
    "middel": "digid",
    "naam": "DigiD",
    "client_id": "proef-client",
    "scopes": ["openid", "bsn"],
    "identiteit": {"bsn": ["bsn"]},
    "acr_in": "digid",
}
_nummers = itertools.count(1)


class Aanbieder:
    """One issuer of the forging provider, and this portal as its client."""

    def __init__(self, basis: str, settings: Any, sleutel: Path) -> None:
        self.issuer = f"{basis}/t{os.getpid()}-{next(_nummers)}"
        self.settings, self.sleutel = settings, sleutel
        self.stel_in()

    def stel_in(self, slug: str = "proef", **velden: Any) -> None:
        """Configure the portal for this issuer; `velden` differ from an ordinary DigiD provider."""
        tabel = {**DIGID, "issuer": self.issuer, "sleutel_bestand": str(self.sleutel), **velden}
        self.slug = slug
        self.settings.INLOGMIDDELEN = {slug: tabel}

    def opdracht(self, **wat: Any) -> None:
        """Tell the provider what to do differently from now on."""
        self._vraag("opdracht", wat)

    def teller(self, plek: str) -> int:
        """How often this endpoint was called."""
        return int(self._vraag("teller").get(plek, 0))

    def gezien(self) -> list[dict[str, str]]:
        """What arrived at the token endpoint."""
        return self._vraag("gezien")

    def onderteken(self, inhoud: dict[str, Any], **anders: Any) -> str:
        """Let the provider sign these claims."""
        return str(self._vraag("onderteken", {"inhoud": inhoud, **anders})["token"])

    def _vraag(self, plek: str, inhoud: Any = None) -> Any:
        methode = "GET" if inhoud is None else "POST"
        antwoord = requests.request(methode, f"{self.issuer}/{plek}", json=inhoud, timeout=10)
        return antwoord.json()

    def start(self, client: Client, **query: str) -> str:
        """Start a login; return the address at the provider."""
        antwoord = client.get(f"/inloggen/{self.slug}/", query)
        assert antwoord.status_code == 302
        return str(antwoord["Location"])

    def terugweg(self, adres: str) -> str:
        """Ask the provider; return the path and query it sends the browser back to."""
        antwoord = requests.get(adres, allow_redirects=False, timeout=10)
        terug = urlsplit(antwoord.headers["Location"])
        return f"{terug.path}?{terug.query}"

    def heen_en_terug(self, client: Client, **query: str) -> HttpResponse:
        """The whole way of a browser; return the answer of our callback."""
        return client.get(self.terugweg(self.start(client, **query)))


@pytest.fixture(scope="session")
def aanbiederproces() -> Iterator[str]:
    """Start the provider as a process; return its base address."""
    if draait_al := os.environ.get("NEP_AANBIEDER"):
        yield draait_al
        return
    opdracht = [sys.executable, "-m", "tests.nep_aanbieder"]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, text=True) as proces:
        try:
            assert proces.stdout is not None
            yield f"http://127.0.0.1:{int(proces.stdout.readline())}"
        finally:
            proces.kill()


@pytest.fixture(scope="session")
def clientsleutel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our private key for private_key_jwt, in a file."""
    bestand = tmp_path_factory.mktemp("sleutels") / "client.pem"
    sleutel = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    bestand.write_bytes(sleutel.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return bestand


@pytest.fixture
def aanbieder(aanbiederproces: str, clientsleutel: Path, settings: Any) -> Iterator[Aanbieder]:
    """A fresh issuer that this portal trusts."""
    achterkanaal.vergeet()
    yield Aanbieder(aanbiederproces, settings, clientsleutel)
    achterkanaal.vergeet()
