"""`python -m accounts.geheimen`: the secrets of a new installation, as lines for its `.env`.

Asks no setting and no database: neither is there yet when these are made (docs/handboek.md 2).
"""

import base64
import secrets
import sys

SLEUTELLENGTE = 32
"""Bytes of one key: AES-256 (accounts.zegel)."""


def nieuwe_sleutel(naam: str = "") -> str:
    """Return a new `name:base64` for a ring of keys; without a name one is made up."""
    sleutel = base64.b64encode(secrets.token_bytes(SLEUTELLENGTE)).decode()
    return f"{naam or 'g' + secrets.token_hex(3)}:{sleutel}"


def nieuwe_geheimen() -> dict[str, str]:
    """Return the settings without which nothing starts and that nobody else can give."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAAL_GEGEVENSSLEUTELS": nieuwe_sleutel("g1"),
        "PORTAAL_INDEXSLEUTELS": nieuwe_sleutel("i1"),
    }


if __name__ == "__main__":
    sys.stdout.writelines(f"{naam}={waarde}\n" for naam, waarde in nieuwe_geheimen().items())
