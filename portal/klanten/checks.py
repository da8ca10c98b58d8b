"""Controles bij het starten: elk bewaard veld heeft een doel, een grond en een termijn."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from portal.klanten.gegevens import verschillen


def elk_veld_heeft_een_doel(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """KLUIT02: wat geen doel heeft, bewaren wij niet."""
    return [Error(f"gegevens.toml: {verschil}", id="klanten.E001") for verschil in verschillen()]
