"""Django's registration of this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from portal.api import checks, toestand  # noqa: F401 - registers the check
        from portal.gezondheid import toon_cijfers
        from portal.klanten.bevindingen import bij

        bij("api", toestand.bevindingen)
        toon_cijfers(toestand.cijfers)
