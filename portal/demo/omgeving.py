"""The environment of the demo: secrets made at the first start, ports, and what runs where."""

import base64
import json
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from accounts.geheimen import nieuwe_sleutel

BASIS = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("DEMO_MAP", BASIS / "var"))


class DemoStopt(RuntimeError):
    """The demo cannot run; the message is for who sits at the keyboard."""


@dataclass(frozen=True)
class Poort:
    """A port on loopback, and the setting that chooses another."""

    instelling: str
    standaard: int

    @property
    def nummer(self) -> int:
        """Return the number chosen; raise DemoStopt when it is no port."""
        tekst = os.environ.get(self.instelling, str(self.standaard))
        if not (tekst.isascii() and tekst.isdigit() and 0 < int(tekst[:6]) < 65_536):
            raise DemoStopt(f"{self.instelling} is {tekst[:20]!r}; schrijf een poort (1-65535).")
        return int(tekst)

    def eis_vrij(self) -> None:
        """Raise DemoStopt, naming port and setting, when something else listens there."""
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", self.nummer))
            except OSError as fout:
                raise DemoStopt(
                    f"Poort {self.nummer} is niet vrij ({fout.strerror}). Stop wat daar draait,"
                    f" of kies een andere: make run {self.instelling}={self.nummer + 10}"
                ) from None


PORTAAL = Poort("PORTAAL_POORT", 8000)
ONTVANGER = Poort("ONTVANGER_POORT", 8001)
BUREN = Poort("BUREN_POORT", 8101)


def _webhookgeheim() -> str:
    """Shared by the abonnement of the demo and the receiver next to it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


GEHEIMEN: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "PORTAAL_GEGEVENSSLEUTELS": lambda: nieuwe_sleutel("demo1"),
    "PORTAAL_INDEXSLEUTELS": lambda: nieuwe_sleutel("demo1"),
    "WEBHOOKS_DEMO_GEHEIM": _webhookgeheim,
    "BUREN_GEHEIM": lambda: secrets.token_urlsafe(48),
}
"""Which secrets the demo makes for itself, once."""


def geheimen(bestand: Path) -> dict[str, str]:
    """Return the secrets in `bestand` (0600), made and kept when they are not there yet.

    Raises DemoStopt when the file is somebody else's or is no longer whole: new keys would make
    everything that was sealed unreadable.
    """
    try:
        bekend = json.loads(bestand.read_text())
    except FileNotFoundError:
        bekend = {}
    except (OSError, ValueError):
        raise DemoStopt(
            f"{bestand} is niet te lezen. Zet het terug, of begin opnieuw met 'make clean'."
        ) from None
    nieuw = {naam: maak() for naam, maak in GEHEIMEN.items() if naam not in bekend}
    if nieuw:
        bestand.parent.mkdir(parents=True, exist_ok=True)
        half = bestand.with_name(bestand.name + ".nieuw")
        half.unlink(missing_ok=True)
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as uit:
            json.dump(bekend | nieuw, uit, indent=1)
        half.replace(bestand)
    return dict(bekend | nieuw)


BUURPADEN = {
    "BRP": "haalcentraal/api/brp",
    "KVK": "kvk/api",
    "PDOK": "bzk/locatieserver/search/v3_1",
    "ZAKEN": "zaken/api/v1",
    "CONTACTMOMENTEN": "contactmomenten/api/v1",
    "VERZOEKEN": "verzoeken/api/v1",
    "NOTIFICATIES": "notificaties/api/v1",
    "OPENKLANT": "klantinteracties/api/v1",
    "TERUGMELDING": "terugmelden/v0",
}
"""Waar elke nagebootste buur te vinden is (tests/nep_buren.py)."""


def buren(geheim: str) -> dict[str, str]:
    """Return the settings that connect the portal with the stand-ins of its neighbours."""
    url = f"http://127.0.0.1:{BUREN.nummer}"
    uit = {f"{naam}_URL": f"{url}/{pad}" for naam, pad in BUURPADEN.items()}
    uit |= {f"{naam}_GEHEIM": geheim for naam in BUURPADEN}
    zgw = ("ZAKEN", "CONTACTMOMENTEN", "VERZOEKEN", "NOTIFICATIES")
    uit |= {f"{naam}_CLIENT_ID": "klantportaal" for naam in zgw}
    return uit | {"NOTIFICATIES_ONTVANGST": f"Bearer {geheim}"}


def omgeving(database_url: str) -> dict[str, str]:
    """Return the environment for the processes of the demo; what the person set wins."""
    portaal, ontvanger = PORTAAL.nummer, ONTVANGER.nummer
    eigen = geheimen(VAR / "geheimen.json")
    standaard = {
        "DEMO": "1",
        "NAGEBOOTST": "1",
        "PORTAAL_URL": f"http://localhost:{portaal}",
        "WEBHOOKS_DEMO_ONTVANGERS": f"http://127.0.0.1:{ontvanger}",
        "DEMO_POST_URL": f"http://127.0.0.1:{ontvanger}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(BASIS),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **eigen,
        **buren(eigen["BUREN_GEHEIM"]),
    }
    return standaard | dict(os.environ) | {"DATABASE_URL": database_url}
