"""Django's registration of this package."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "portal.registers"
    label = "registers"
    verbose_name = "registers"
