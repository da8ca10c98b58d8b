"""`manage.py niveaus`: print docs/niveaus.md."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.overzicht import als_markdown


class Command(BaseCommand):
    help = "Toon wie wat mag met welk inlogmiddel, als Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(als_markdown(), ending="")
