"""Run a command of Django as in production: the environment of `.env.example`, fresh secrets.

Usage: python -m gereedschap.als_productie check --deploy --fail-level WARNING
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from portal.demo.omgeving import GEHEIMEN

BASIS = Path(__file__).resolve().parent.parent
SLEUTEL = "/run/secrets/inlogsleutel"


def _inlogsleutel() -> bytes:
    """The key by which the portal shows a provider who it is."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def omgeving(map_: Path) -> dict[str, str]:
    """Return what `.env.example` sets and nothing of our own shell.

    Each empty secret is made anew, and so is the key of the example's providers, under `map_`.
    """
    regels = (BASIS / ".env.example").read_text().splitlines()
    gezet = dict(r.split("=", 1) for r in regels if r and not r.startswith("#"))
    for naam, waarde in gezet.items():
        if not waarde:
            gezet[naam] = GEHEIMEN[naam]()
    (map_ / "inlogsleutel").write_bytes(_inlogsleutel())
    middelen = (BASIS / gezet["INLOGMIDDELEN"]).read_text()
    (map_ / "inlogmiddelen.toml").write_text(middelen.replace(SLEUTEL, str(map_ / "inlogsleutel")))
    return gezet | {
        "PATH": os.environ["PATH"],
        "INLOGMIDDELEN": str(map_ / "inlogmiddelen.toml"),
    }


def main() -> int:
    """Run `manage.py` with our own arguments; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-") as map_:
        uit = subprocess.run(
            [sys.executable, "manage.py", *sys.argv[1:]],
            cwd=BASIS, env=omgeving(Path(map_)), check=False,
        )  # fmt: skip
    return uit.returncode


if __name__ == "__main__":
    sys.exit(main())
