"""Django's registration of this package: checks, who hears of what, and silent HTTP libraries."""

import logging

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "portal.registers"
    label = "registers"
    verbose_name = "registers"

    def ready(self) -> None:
        """Hook in; httpx logs whole URLs and httpcore whole headers: never here."""
        from portal.klanten.gevolgen import bij_elke_gebeurtenis
        from portal.registers import checks, gevolg, uitbak  # noqa: F401  # checks register themselves
        from portal.registers.openklant import bijwerken

        for naam in ("httpx", "httpcore"):
            logging.getLogger(naam).setLevel(logging.WARNING)
        uitbak.bij("openklant", bijwerken.werk_bij)
        bij_elke_gebeurtenis("registers", gevolg.meld_aan_buren)
