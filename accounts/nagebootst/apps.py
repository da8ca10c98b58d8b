"""Django's registration of this package."""

from django.apps import AppConfig


class NagebootstConfig(AppConfig):
    name = "accounts.nagebootst"
    label = "nagebootst"
    verbose_name = "nagebootst inlogmiddel"
