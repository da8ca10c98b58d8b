"""The list of purposes is checked at start-up: an unknown field would be a right nobody meant."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.api.rechten import Veld


@register
def doelen_kloppen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every purpose has a text for the citizen and names only fields that exist."""
    bekend = {str(veld) for veld in Veld}
    fouten: list[CheckMessage] = []
    for code, doel in settings.DOELEN.items():
        if not str(doel.get("omschrijving", "")).strip():
            fouten.append(Error(f"doel {code} heeft geen omschrijving", id="api.E001"))
        if onbekend := sorted(set(doel.get("velden", ())) - bekend):
            fouten.append(Error(f"doel {code} noemt {', '.join(onbekend)}", id="api.E002"))
        if not isinstance(doel.get("registeradres", False), bool):
            fouten.append(Error(f"doel {code}: registeradres is true of false", id="api.E003"))
    return fouten
