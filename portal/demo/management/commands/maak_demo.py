"""`manage.py maak_demo`: make the database and the demo data ready.

With `--bestanden` the static files too: `make run` asks that; an image has them and is read-only.
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.demo.abonnement import zorg_voor_abonnement
from portal.demo.bestanden import verzamel
from portal.demo.gegevens import laad_klanten


class Command(BaseCommand):
    help = "Maak de databank en de demogegevens klaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bestanden", action="store_true", help="verzamel ook de statische bestanden"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if options["bestanden"]:
            verzamel()
        zorg_voor_abonnement()
        laad_klanten(op=timezone.now())
