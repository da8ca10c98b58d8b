"""Django's registration of this package."""

from importlib import import_module

from django.apps import AppConfig


class MijnConfig(AppConfig):
    name = "portal.mijn"
    label = "mijn"
    verbose_name = "mijn gegevens"

    def ready(self) -> None:
        """Load what registers itself."""
        import_module("portal.mijn.checks")
