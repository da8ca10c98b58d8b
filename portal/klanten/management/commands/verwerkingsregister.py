"""Print the register of processing (AVG article 30) from gegevens.toml."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from portal.klanten.gegevens import verwerkingsregister


class Command(BaseCommand):
    help = "Schrijf het register van verwerkingen, voor de privacyfunctionaris."

    def handle(self, *args: object, **options: object) -> None:
        termijn = settings.KLANTEN_ONGEBRUIKT_NA
        with translation.override("nl"):
            self.stdout.write(verwerkingsregister(settings.ORGANISATIE_NAAM, ongebruikt=termijn))
