"""`manage.py sleutels maak|controleer|roteer-gegevens|roteer-index` (docs/inloggen.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import rotatie
from accounts.geheimen import nieuwe_sleutel
from accounts.voortgang import toon_balk
from accounts.zegel import Onleesbaar


class Command(BaseCommand):
    help = "Maak, controleer en vernieuw de sleutels waarmee nummers verzegeld en gezocht worden."

    def add_arguments(self, parser: CommandParser) -> None:
        keuzes = ["maak", "controleer", "roteer-gegevens", "roteer-index"]
        parser.add_argument("wat", choices=keuzes)
        parser.add_argument("--naam", default="", help="naam van de nieuwe sleutel, bijv. g2")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['wat'].replace('-', '_')}")(options)

    def _maak(self, options: dict[str, Any]) -> None:
        self.stdout.write(nieuwe_sleutel(options["naam"]))

    def _controleer(self, options: dict[str, Any]) -> None:
        """Count per key, open a sample, recompute indexes; exit 1 when something is wrong."""
        fouten = 0
        for kolom in rotatie.kolommen():
            per = ", ".join(f"{kid}: {n}" for kid, n in sorted(rotatie.per_sleutel(kolom).items()))
            dicht = rotatie.onleesbaar(kolom)
            fouten += dicht
            regel = f"{kolom}  {per or 'leeg'}"
            self.stdout.write(regel + (f"  NIET TE OPENEN: {dicht}" if dicht else ""))
        verkeerd = rotatie.verkeerde_indexen()
        self.stdout.write(f"indexen die niet bij hun nummer horen: {verkeerd}")
        if fouten or verkeerd:
            raise CommandError("niet alles klopt", returncode=1)

    def _roteer_gegevens(self, options: dict[str, Any]) -> None:
        """Seal everything with the first key; may be stopped and started again at any time."""
        for kolom in rotatie.kolommen():
            totaal, klaar = rotatie.oude_sleutels(kolom), 0
            try:
                for aantal in rotatie.herzegel(kolom):
                    klaar += aantal
                    toon_balk(self.stdout, str(kolom), klaar, totaal)
            except Onleesbaar as fout:
                raise CommandError(f"{kolom}: {fout}. Draai eerst 'sleutels controleer'.") from fout
        self.stdout.write("klaar: alles is verzegeld met de eerste sleutel")

    def _roteer_index(self, options: dict[str, Any]) -> None:
        """Only with web and worker processes stopped: a row may not slip in under the old key.

        May be stopped and started again; start the processes when it says that it is done.
        """
        totaal, klaar = rotatie.te_herindexeren(), 0
        try:
            for aantal in rotatie.herindexeer():
                klaar += aantal
                toon_balk(self.stdout, "indexen", klaar, totaal)
        except Onleesbaar as fout:
            raise CommandError(f"{fout}. Er is niets gewijzigd.") from fout
        try:
            mee, over = rotatie.herindexeer_accounts()
        except Onleesbaar as fout:
            raise CommandError(f"{fout}. De accounts hebben hun oude index nog.") from fout
        self.stdout.write(f"klaar: {klaar} klanten en {mee} accounts hebben een nieuwe index")
        if over:
            self.stdout.write(f"{over} accounts zonder bewaard nummer houden hun oude index")
