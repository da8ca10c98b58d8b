"""The whole way against a certified provider of somebody else (npm oidc-provider), over HTTP.

PS256 and private_key_jwt, a step-up, a level too low, a cancel and another person. `make interop`
installs the provider; without it these tests fail and say so.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from accounts import achterkanaal
from accounts.sleutels import als_jwk
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import NIVEAUS

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.e2e]
MAP = Path(__file__).parent.parent / "interop"
TERUG, UIT = "http://testserver/inloggen/proef/terug/", "http://testserver/uitgelogd/"
MIDDEN, SUBSTANTIEEL = "MobileTwoFactorContract", "Smartcard"


def node() -> str:
    """A node of 22 or newer: the machine's own, or that of the wheel."""
    kandidaten = [shutil.which("node"), shutil.which("node", path=sys.prefix + "/bin")]
    for kandidaat in filter(None, kandidaten):
        versie = subprocess.run([kandidaat, "--version"], capture_output=True, text=True)
        if int(versie.stdout.lstrip("v").partition(".")[0]) >= 22:
            return str(kandidaat)
    pytest.fail("Node 22 of nieuwer ontbreekt: draai `make interop`")


@pytest.fixture(scope="session")
def vreemde_aanbieder(clientsleutel: Path) -> Iterator[str]:
    """Start the certified provider; return its issuer."""
    if not (MAP / "node_modules/oidc-provider").exists():
        pytest.fail("oidc-provider ontbreekt: draai `make interop`")
    jwk = als_jwk(load_pem_private_key(clientsleutel.read_bytes(), password=None))
    omgeving = {**os.environ, "REDIRECT": TERUG, "UITGELOGD": UIT,
                "JWKS": json.dumps({"keys": [jwk]})}  # fmt: skip
    with subprocess.Popen(
        [node(), "aanbieder.mjs"], cwd=MAP, env=omgeving, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    ) as proces:  # fmt: skip
        try:
            assert proces.stdout is not None
            regel = next(r for r in proces.stdout if r.strip().isdigit())
            yield f"http://127.0.0.1:{int(regel)}"
        finally:
            os.killpg(proces.pid, signal.SIGKILL)  # node of a wheel is a child of what we start


class Browser:
    """Goes to and fro between the provider (over HTTP) and our portal (in this process)."""

    def __init__(self, client, issuer):
        self.client, self.web = client, requests.Session()
        self.issuer = issuer

    def log_in(self, keuze, **query):
        adres = self.client.get("/inloggen/proef/", query)["Location"]
        for _ in range(6):
            antwoord = self.web.get(adres, allow_redirects=False, timeout=10)
            adres = antwoord.headers.get("Location", adres)
            if adres.startswith("http://testserver/"):
                delen = urlsplit(adres)
                return self.client.get(f"{delen.path}?{delen.query}")["Location"]
            adres = adres if adres.startswith("http") else self.issuer + adres
            if antwoord.text == "choose":
                adres = f"{adres}?{keuze}"
        raise AssertionError(f"geen terugkeer: {antwoord.status_code}")


@pytest.fixture
def browser(client, settings, vreemde_aanbieder, clientsleutel):
    settings.INLOGMIDDELEN = {"proef": {
        "middel": "digid", "naam": "DigiD", "client_id": "eigen-regie",
        "issuer": vreemde_aanbieder, "sleutel_bestand": str(clientsleutel),
        "scopes": ["openid", "bsn"], "identiteit": {"bsn": ["bsn"]}, "acr_in": "digid",
        "algoritmen": ["PS256"],
    }}  # fmt: skip
    yield Browser(client, vreemde_aanbieder)
    achterkanaal.vergeet()


def test_inloggen_bij_een_vreemde_aanbieder(browser):
    assert browser.log_in(f"bsn=999990019&level={MIDDEN}") == "/overzicht/"
    inlog = inlog_in(browser.client)
    assert (inlog.identiteit.onthul(), inlog.rang) == ("999990019", 25)
    assert inlog.sub_index


def test_verhogen_bij_een_vreemde_aanbieder(browser):
    browser.log_in(f"bsn=999990019&level={MIDDEN}")
    sleutel = browser.client.cookies["sessie"].value
    doel = "/inloggen/opnieuw/?handeling=rekeningnummer"
    naar = browser.log_in(
        f"bsn=999990019&level={SUBSTANTIEEL}", handeling="rekeningnummer", next=doel
    )
    assert naar == doel
    assert inlog_in(browser.client).acr == NIVEAUS["digid"][30]
    assert browser.client.cookies["sessie"].value != sleutel


def test_te_laag_bij_een_vreemde_aanbieder(browser):
    browser.log_in(f"bsn=999990019&level={MIDDEN}")
    naar = browser.log_in(f"bsn=999990019&level={MIDDEN}", handeling="rekeningnummer")
    assert naar.startswith("/inloggen/niveau/")
    assert browser.client.get("/overzicht/").status_code == 302


def test_annuleren_bij_een_vreemde_aanbieder(browser):
    assert browser.log_in("stop=1").startswith("/inloggen/geannuleerd/")
    assert browser.client.get("/overzicht/").status_code == 302


def test_iemand_anders_bij_een_vreemde_aanbieder(browser):
    browser.log_in(f"bsn=999990019&level={MIDDEN}")
    browser.web.cookies.clear()
    doel = "/inloggen/opnieuw/?handeling=naam"
    assert browser.log_in(f"bsn=999990421&level={MIDDEN}", next=doel) == "/overzicht/"
    assert inlog_in(browser.client).identiteit.onthul() == "999990421"


def test_uitloggen_bij_een_vreemde_aanbieder(browser):
    browser.log_in(f"bsn=999990019&level={MIDDEN}")
    adres = browser.client.post("/uitloggen/")["Location"]
    assert adres.startswith(f"{browser.issuer}/session/end?client_id=eigen-regie&")
    assert browser.web.get(adres, timeout=10).status_code == 200
