"""Django's registration of this package; hangs the fan-out on the hook of the domain."""

from django.apps import AppConfig
from django.conf import settings


class WebhooksConfig(AppConfig):
    name = "portal.webhooks"
    label = "webhooks"
    verbose_name = "webhooks"

    def ready(self) -> None:
        from portal.gezondheid import toon_cijfers
        from portal.klanten import bevindingen
        from portal.klanten.gevolgen import bij_elke_gebeurtenis, bij_opruimen
        from portal.webhooks import (
            checks,  # noqa: F401 - registers the system checks
            serverstand,
            taken,
            toestand,
            waak,
        )
        from portal.webhooks.cijfers import registreer
        from portal.webhooks.opruimen import nog_nodig
        from portal.webhooks.verspreiding import verspreid

        registreer()
        bevindingen.bij("databank", waak.bevindingen)
        bevindingen.bij("bezorging", toestand.bevindingen)
        if not settings.TESTEN:  # the server of the tests keeps nothing on purpose
            bevindingen.bij("server", serverstand.bevindingen)
        bevindingen.bij("taken", taken.bevindingen)
        toon_cijfers(taken.cijfers)
        bij_elke_gebeurtenis("webhooks", verspreid)
        bij_opruimen("webhooks", nog_nodig)
