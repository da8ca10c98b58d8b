"""What a wrong setting would break is said at the start."""

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def eis_goede_instellingen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo receivers only in the demo; networks readable and never wider than a /8."""
    fouten: list[CheckMessage] = []
    if settings.WEBHOOKS_DEMO_ONTVANGERS and not settings.DEMO:
        fouten.append(
            Error("WEBHOOKS_DEMO_ONTVANGERS mag alleen samen met DEMO.", id="webhooks.E001")
        )
    if settings.WEBHOOKS_TIJDSCHAAL != 1 and not settings.TESTEN:
        fouten.append(Error("WEBHOOKS_TIJDSCHAAL is alleen voor tests.", id="webhooks.E003"))
    for net in settings.WEBHOOKS_TOEGESTANE_NETTEN:
        try:
            ip_network(net)
        except ValueError:
            fouten.append(
                Error(f"WEBHOOKS_TOEGESTANE_NETTEN: {net!r} is geen net.", id="webhooks.E002")
            )
    return fouten


@register(deploy=True)
def iemand_hoort_de_alarmen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An alarm without an address is only a line in the log."""
    if settings.BEHEER_EMAIL:
        return []
    return [Warning("BEHEER_EMAIL is leeg: niemand krijgt de alarmen.", id="webhooks.W001")]
