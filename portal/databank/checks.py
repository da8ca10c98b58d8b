"""What is asked of the way to the database is encrypted, and to the server it names."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db import connection

HIER = {"", "localhost", "127.0.0.1", "::1"}


@register(deploy=True)
def de_weg_naar_de_databank_is_dicht(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without `sslmode=verify-full` libpq takes any server, or no TLS at all, and says nothing.

    A server on this machine needs none; nor does one that DATABASE_ZONDER_TLS stands up for.
    """
    zet = connection.settings_dict
    hosts = str(zet["HOST"]).split(",")
    hier = all(host in HIER or host.startswith(("/", "@")) for host in hosts)
    if hier or settings.DATABASE_ZONDER_TLS or zet["OPTIONS"].get("sslmode") == "verify-full":
        return []
    return [
        Warning(
            "DATABASE_URL eist geen TLS met een nagekeken naam.",
            hint="Zet er ?sslmode=verify-full&sslrootcert=... achter; alleen als de databank op"
            " dezelfde machine draait: DATABASE_ZONDER_TLS=1.",
            id="portal.W002",
        )
    ]
