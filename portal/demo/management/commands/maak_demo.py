"""`manage.py maak_demo`: make the database, the static files and the demo data ready."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo.abonnement import zorg_voor_abonnement
from portal.demo.bestanden import verzamel
from portal.demo.gegevens import laad_klanten


class Command(BaseCommand):
    help = "Maak de databank, de statische bestanden en de demogegevens klaar."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        verzamel()
        zorg_voor_abonnement()
        laad_klanten(op=timezone.now())
