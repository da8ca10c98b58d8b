"""Django's registration of this package."""

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "portal.logboek"
    label = "logboek"
    verbose_name = "logboek"
