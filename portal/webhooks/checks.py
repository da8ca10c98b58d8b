"""What a wrong setting would break is said at the start."""

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

WIJDSTE = {4: 8, 6: 32}
"""The shortest prefix per version of IP: 10.0.0.0/8, and what a registry gives an organisation."""


@register()
def eis_goede_instellingen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo receivers only in the demo; networks readable and never wider than `WIJDSTE`."""
    fouten: list[CheckMessage] = []
    if settings.WEBHOOKS_DEMO_ONTVANGERS and not settings.DEMO:
        fouten.append(
            Error("WEBHOOKS_DEMO_ONTVANGERS mag alleen samen met DEMO.", id="webhooks.E001")
        )
    if settings.WEBHOOKS_TIJDSCHAAL != 1 and not settings.TESTEN:
        fouten.append(Error("WEBHOOKS_TIJDSCHAAL is alleen voor tests.", id="webhooks.E003"))
    for net in settings.WEBHOOKS_TOEGESTANE_NETTEN:
        fouten += _fouten_van_net(net)
    return fouten


def _fouten_van_net(tekst: str) -> list[CheckMessage]:
    kop = f"WEBHOOKS_TOEGESTANE_NETTEN: {tekst!r} is"
    try:
        net = ip_network(tekst)
    except ValueError:
        return [Error(f"{kop} geen net.", id="webhooks.E002")]
    hooguit = WIJDSTE[net.version]
    if net.prefixlen < hooguit:
        return [Error(f"{kop} te wijd, hooguit een /{hooguit}.", id="webhooks.E004")]
    return []


@register(deploy=True)
def iemand_hoort_de_alarmen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An alarm without an address is only a line in the log."""
    if settings.BEHEER_EMAIL:
        return []
    return [Warning("BEHEER_EMAIL is leeg: niemand krijgt de alarmen.", id="webhooks.W001")]
