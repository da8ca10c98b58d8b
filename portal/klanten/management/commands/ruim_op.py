"""Do the work of the night now, with another limit: after the task said that it was too much."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.klanten.tasks import ruim_alles_op


class Command(BaseCommand):
    help = (
        "Ruim op wat zijn bewaartermijn gehad heeft, met hooguit zoveel per stap. Kijk eerst of de "
        "klok en de termijnen kloppen: de nachttaak stopt bij 1000 omdat meer zelden goed is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hooguit", type=int, required=True)

    def handle(self, *, hooguit: int, **options: object) -> None:
        ruim_alles_op(timezone.now(), hooguit=hooguit)
        self.stdout.write("Opgeruimd.")
