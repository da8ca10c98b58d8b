"""Django's registration of this package."""

from django.apps import AppConfig


class MijnConfig(AppConfig):
    name = "portal.mijn"
    label = "mijn"
    verbose_name = "mijn gegevens"
