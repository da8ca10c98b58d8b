"""Django's registration of this package."""

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "portal.logboek"
    label = "logboek"
    verbose_name = "logboek"

    def ready(self) -> None:
        from portal.klanten import bevindingen
        from portal.klanten.gevolgen import bij_einde_terugmelding, bij_elke_gebeurtenis
        from portal.logboek import toestand
        from portal.logboek.gebeurtenissen import leg_handeling_vast, vernietig_sleutels

        bij_elke_gebeurtenis("logboek", leg_handeling_vast, als_laatste=True)
        bij_einde_terugmelding("logboek", vernietig_sleutels)
        bevindingen.bij("logboek", toestand.bevindingen)
