"""The address of the database, read as libpq reads it: nothing in it is dropped unseen."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

WAAR = {
    "host": "HOST",
    "port": "PORT",
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",  # pragma: allowlist secret
}
KEUZES = frozenset({
    "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslcrl",
    "ssl_min_protocol_version", "channel_binding", "gssencmode", "require_auth",
    "target_session_attrs", "load_balance_hosts",
})  # fmt: skip
"""What the query of the address may set; time limits and names are ours (settings.py)."""
VERBINDEN = 3
"""Seconds to wait for one server that does not answer."""


def lees(url: str) -> dict[str, Any]:
    """Return HOST, PORT, NAME, USER, PASSWORD and OPTIONS for Django.

    More than one host, with commas between them, are tried in turn, each for at most two seconds.
    Raises ImproperlyConfigured; its sentence holds nothing of the address but the name of a key.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL begint niet met postgresql://.")
    try:
        keuzes: dict[str, Any] = conninfo_to_dict(url)
    except ProgrammingError as fout:
        raise ImproperlyConfigured(_zin(str(fout))) from None
    waar = {naam: str(keuzes.pop(sleutel, "")) for sleutel, naam in WAAR.items()}
    if onbekend := sorted(set(keuzes) - KEUZES):
        raise ImproperlyConfigured(f"DATABASE_URL: {onbekend[0]} {_MAG_NIET}")
    meer = "," in waar["HOST"]
    return {**waar, "OPTIONS": {"connect_timeout": 2 if meer else VERBINDEN, **keuzes}}


_MAG_NIET = f"is hier geen keuze. Deze wel: {', '.join(sorted(KEUZES))}."


def _zin(fout: str) -> str:
    """libpq quotes what it could not read, a password too; only the name of a key may be said."""
    _, is_sleutel, naam = fout.strip().partition("invalid URI query parameter: ")
    if is_sleutel:
        naam = naam.strip('"')[:40]
        return f"DATABASE_URL: {naam} {_MAG_NIET}"
    return "DATABASE_URL is niet te lezen; schrijf een vreemd teken in het wachtwoord als %-code."
