"""`manage.py abonneer_op_zaken`: ask the routeringcomponent to tell us when a zaak changes."""

from django.core.management.base import BaseCommand, CommandError

from portal.registers import notificaties
from portal.registers.verbinding import Buurstoring


class Command(BaseCommand):
    help = "Neemt (of vernieuwt) het abonnement op het kanaal zaken."

    def handle(self, *args: object, **options: object) -> None:
        try:
            nieuw = notificaties.abonneer()
        except Buurstoring as storing:
            raise CommandError(f"De routeringcomponent zegt nee: {storing.reden}") from None
        self.stdout.write("Abonnement gemaakt." if nieuw else "Abonnement vernieuwd.")
