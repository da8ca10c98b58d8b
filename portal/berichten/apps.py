"""Django's registration of this package."""

from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "portal.berichten"
    label = "berichten"
    verbose_name = "berichten"
