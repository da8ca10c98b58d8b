"""A neighbour that is switched on but not complete stops the start, with the name to set."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.registers import instellingen

GEHEIM_BYTES = 32


@register()
def buren_volledig(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """registers.E001 names what is missing, E002 a URL that will not do, E003 a weak secret."""
    gekoppeld = [naam for naam in instellingen.SOORTEN if instellingen.is_gekoppeld(naam)]
    return [
        *(
            Error(f"{naam.upper()}_URL staat er, maar {variabele} niet.", id="registers.E001")
            for naam in gekoppeld
            for variabele in instellingen.ontbreekt(naam)
        ),
        *(
            Error(f"{naam.upper()}_URL moet een https-adres zijn.", id="registers.E002")
            for naam in gekoppeld
            if not _bruikbaar(instellingen.instelling(naam)["url"])
        ),
        *(
            Error(f"{naam.upper()}_GEHEIM is korter dan 32 bytes.", id="registers.E003")
            for naam in gekoppeld
            if "client_id" in instellingen.SOORTEN[naam].vereist
            and 0 < len(instellingen.instelling(naam)["geheim"].encode()) < GEHEIM_BYTES
        ),
    ]


def _bruikbaar(url: str) -> bool:
    delen = urlsplit(url)
    schemas = {"https", "http"} if settings.DEMO else {"https"}
    kaal = not (delen.username or delen.query or delen.fragment)
    return delen.scheme in schemas and bool(delen.hostname) and kaal
