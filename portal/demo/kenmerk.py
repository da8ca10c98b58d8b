"""Is the demo still as it was made ready: then a start need not wait for Django to look."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from portal.demo.omgeving import BASIS, VAR

BRONNEN = ("accounts", "portal", "assets/themas", "locale", "requirements")
ANDERS_PER_START = {"DATABASE_URL"}
MERK = "klaar.kenmerk"


def _bestanden() -> Iterator[Path]:
    for bron in BRONNEN:
        for pad in sorted((BASIS / bron).rglob("*")):
            if pad.is_file() and "__pycache__" not in pad.parts:
                yield pad


def kenmerk(omgeving: Mapping[str, str]) -> str:
    """Changes with our files, with what the demo sets, and with the cluster (by its password)."""
    som = hashlib.sha256(str(urlsplit(omgeving["DATABASE_URL"]).password).encode())
    for pad in _bestanden():
        stand = pad.stat()
        som.update(f"{pad}\0{stand.st_size}\0{stand.st_mtime_ns}\0".encode())
    for naam in sorted(omgeving):
        if naam.isupper() and naam.endswith(("_URL", "_ONTVANGERS", "_GEHEIM", "SLEUTELS")):
            som.update(
                f"{naam}={omgeving[naam] if naam not in ANDERS_PER_START else ''}\0".encode()
            )
    return som.hexdigest()


def is_klaar(nu: str) -> bool:
    """Was the demo made ready for this same state, and are its static files still there?"""
    merk = VAR / MERK
    return (BASIS / "staticfiles").exists() and merk.exists() and merk.read_text() == nu


def onthoud(nu: str) -> None:
    (VAR / MERK).write_text(nu)
