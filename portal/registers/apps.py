"""Django's registration of this package: its checks, and the silence of the HTTP libraries."""

import logging

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "portal.registers"
    label = "registers"
    verbose_name = "registers"

    def ready(self) -> None:
        """Register the checks; httpx logs whole URLs and httpcore whole headers: never here."""
        from portal.registers import checks  # noqa: F401  # registers itself with Django

        for naam in ("httpx", "httpcore"):
            logging.getLogger(naam).setLevel(logging.WARNING)
