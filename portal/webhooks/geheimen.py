"""Wat verzegeld bij een abonnement hoort: ondertekengeheimen en inloggegevens bij de ontvanger."""

import base64
import json
import secrets
from collections.abc import Mapping
from functools import lru_cache

from accounts.zegel import ontzegel, verzegel

VOORVOEGSEL = "whsec_"
DOEL_INLOG = "webhooks.inlog"
DOEL_GEHEIM = "webhooks.geheim"


def nieuw_geheim() -> str:
    """Een nieuw geheim van 32 willekeurige bytes, in de vorm van Standard Webhooks."""
    return VOORVOEGSEL + base64.b64encode(secrets.token_bytes(32)).decode()


def verzegeld_geheim(geheim: str) -> str:
    """Het geheim zoals het in de databank staat."""
    return verzegel(geheim, DOEL_GEHEIM)


@lru_cache(maxsize=1024)
def geheim_van(verzegeld: str) -> str:
    """Een geopend geheim (`whsec_…`); raises accounts.zegel.Onleesbaar."""
    return ontzegel(verzegeld, DOEL_GEHEIM)


def verzegelde_inlog(inlog: Mapping[str, str]) -> str:
    """Inloggegevens zoals ze in de databank staan; leeg blijft leeg."""
    return verzegel(json.dumps(dict(inlog)), DOEL_INLOG) if inlog else ""


@lru_cache(maxsize=1024)
def inlog_van(verzegeld: str) -> dict[str, str]:
    """De geopende inloggegevens van een abonnement; leeg als het die niet heeft."""
    if not verzegeld:
        return {}
    gelezen: dict[str, str] = json.loads(ontzegel(verzegeld, DOEL_INLOG))
    return gelezen
