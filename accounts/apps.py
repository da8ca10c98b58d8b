"""Django's registration of this package."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    verbose_name = "inloggen"

    def ready(self) -> None:
        """Load the system checks."""
        import_module("accounts.checks")
