"""Django's registration of this package."""

from django.apps import AppConfig


class KlantenConfig(AppConfig):
    name = "portal.klanten"
    label = "klanten"
    verbose_name = "klanten"
