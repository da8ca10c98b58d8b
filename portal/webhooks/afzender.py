"""Wie wij zijn in elk bericht, uit de instellingen."""

from urllib.parse import urlsplit

from django.conf import settings

from portal.webhooks.bericht import Afzender


def afzender() -> Afzender:
    """Bron (URN met OIN), adres en epoch van dit portaal."""
    return Afzender(
        bron=f"urn:nld:oin:{settings.ORGANISATIE_OIN}:systeem:klantportaal",
        adres=settings.PORTAAL_URL,
        epoch=settings.PORTAAL_EPOCH,
    )


def herkomst() -> str:
    """De waarde van `WebHook-Request-Origin`: onze servernaam."""
    return urlsplit(settings.PORTAAL_URL).hostname or ""
