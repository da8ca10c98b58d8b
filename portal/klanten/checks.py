"""Controles bij het starten: elk bewaard veld heeft een doel, een grond en een termijn."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from portal.klanten.gegevens import verschillen


def elk_veld_heeft_een_doel(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """KLUIT02: wat geen doel heeft, bewaren wij niet."""
    return [Error(f"gegevens.toml: {verschil}", id="klanten.E001") for verschil in verschillen()]


def wat_gewist_is_staat_ergens_anders(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Zonder wisboek komt wie zich liet verwijderen terug met een oude kopie (P8)."""
    if settings.KLANTEN_WISBOEK:
        return []
    return [
        Warning(
            "KLANTEN_WISBOEK is leeg: na het terugzetten van een kopie zijn gewiste mensen terug.",
            hint="Zie docs/handboek.md 7.",
            id="klanten.W001",
        )
    ]
