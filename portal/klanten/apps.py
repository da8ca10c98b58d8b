"""Django's registration of this package."""

from django.apps import AppConfig
from django.core.checks import register


class KlantenConfig(AppConfig):
    name = "portal.klanten"
    label = "klanten"
    verbose_name = "klanten"

    def ready(self) -> None:
        from portal.klanten import bevindingen, checks, toestand

        bevindingen.bij("klanten", toestand.bevindingen)
        register(checks.elk_veld_heeft_een_doel)
        register(checks.wat_gewist_is_staat_ergens_anders, deploy=True)
