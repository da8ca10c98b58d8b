"""Django's registration of this package."""

from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "portal.berichten"
    label = "berichten"
    verbose_name = "berichten"

    def ready(self) -> None:
        """Take what the domain wants to tell people, in the transaction of the act."""
        from portal.berichten import checks, toestand  # noqa: F401 - checks hangs itself up
        from portal.berichten.aannemen import neem_aan
        from portal.gezondheid import toon_cijfers
        from portal.klanten.bevindingen import bij
        from portal.klanten.gevolgen import bij_elk_bericht

        bij_elk_bericht("berichten", neem_aan)
        bij("berichten", toestand.bevindingen)
        toon_cijfers(toestand.cijfers)
