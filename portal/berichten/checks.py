"""A way to people that cannot work is said at the start, not by a message that waits."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal.berichten.wegen import SLEUTEL, SMS_WEGEN


@register()
def elke_weg_bestaat(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SMS_WEG is one that we know, and NotifyNL has what it asks for."""
    return list(_over_sms())


def _over_sms() -> Iterator[Error]:
    if settings.SMS_WEG not in SMS_WEGEN:
        bekend = ", ".join(sorted(SMS_WEGEN))
        yield Error(f"SMS_WEG is {settings.SMS_WEG!r}; kies uit {bekend}.", id="berichten.E001")
    if settings.SMS_WEG == "demo" and not settings.DEMO:
        yield Error("SMS_WEG demo is er alleen met DEMO.", id="berichten.E002")
    if settings.SMS_WEG == "notifynl":
        if not SLEUTEL.fullmatch(settings.NOTIFYNL_SLEUTEL):
            melding = "NOTIFYNL_SLEUTEL heeft niet de vorm naam-dienst-geheim."
            yield Error(melding, id="berichten.E003")
        if not settings.NOTIFYNL_SJABLOON:
            yield Error("NOTIFYNL_SJABLOON is leeg.", id="berichten.E004")


@register(deploy=True)
def er_is_een_mailserver(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Beside the portal in its container runs no mail server: codes would wait for ever."""
    if settings.EMAIL_HOST not in {"", "localhost"}:
        return []
    return [Warning("EMAIL_HOST is niet gezet: geen bericht gaat weg.", id="berichten.W001")]
