"""Django's registration of this package."""

from importlib import import_module

from django.apps import AppConfig


class MijnConfig(AppConfig):
    name = "portal.mijn"
    label = "mijn"
    verbose_name = "mijn gegevens"

    def ready(self) -> None:
        """Load what registers itself; keep log-ins, forget files of a klant that is deleted."""
        from accounts.sessie import ingelogd
        from portal.klanten.gevolgen import bij_elke_gebeurtenis
        from portal.mijn.downloads.aanvragen import wis_bij_verwijdering
        from portal.mijn.inlogregels import bij_gebeurtenis, bij_inloggen

        import_module("portal.databank.checks")
        import_module("portal.mijn.checks")
        ingelogd.connect(bij_inloggen, dispatch_uid="mijn.inlogregels")
        bij_elke_gebeurtenis("mijn.inlogregels", bij_gebeurtenis)
        bij_elke_gebeurtenis("mijn.downloads", wis_bij_verwijdering)
