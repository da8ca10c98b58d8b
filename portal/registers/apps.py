"""Django's registration of this package: checks, who hears of what, and silent HTTP libraries."""

import logging

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "portal.registers"
    label = "registers"
    verbose_name = "registers"

    def ready(self) -> None:
        """Hook in; httpx logs whole URLs and httpcore whole headers: never here."""
        from portal.gezondheid import toon_cijfers
        from portal.klanten.bevindingen import bij
        from portal.klanten.gevolgen import (
            bij_elke_gebeurtenis,
            bij_elke_interactie,
            bij_verwijderen,
        )
        from portal.registers import (  # noqa: F401  # checks register themselves
            checks,
            gevolg,
            gronden,
            terugmelding,
            toestand,
            uitbak,
        )
        from portal.registers.interacties import publiceren
        from portal.registers.openklant import bijwerken

        for naam in ("httpx", "httpcore"):
            logging.getLogger(naam).setLevel(logging.WARNING)
        uitbak.bij("openklant", bijwerken.werk_bij)
        uitbak.bij(terugmelding.BUUR, terugmelding.werk_bij)
        publiceren.meld_aan()
        bij_elke_gebeurtenis("registers", gevolg.meld_gebeurtenis)
        bij_elke_interactie("registers", gevolg.meld_interactie)
        bij_verwijderen("zaken", gronden.zaken_bij)
        bij("registers", toestand.bevindingen)
        toon_cijfers(toestand.cijfers)
