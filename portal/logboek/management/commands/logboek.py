"""`manage.py logboek controleer | koppen | exporteer | wie | ruim_op`."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.zegel import OngeldigeHandtekening
from portal.logboek.bewaren import ruim_op
from portal.logboek.controle import controleer, getekende_koppen, koppen_uit
from portal.logboek.inzage import als_standaard, klanten_in, volledig
from portal.logboek.models import Logregel


class Command(BaseCommand):
    """Check the chains, sign the heads, export in the fields of the standard, or end days."""

    help = "Controleer de ketens, teken de koppen, of exporteer in de velden van de standaard."

    def add_arguments(self, parser: ArgumentParser) -> None:
        delen = parser.add_subparsers(dest="wat", required=True)
        nagaan = delen.add_parser("controleer", help="eindigt met 1 bij de eerste breuk")
        nagaan.add_argument(
            "--koppen", type=Path, help="bestand met elders bewaarde koppen, of hun logregels"
        )
        koppen = delen.add_parser("koppen", help="ondertekende koppen, om elders te bewaren")
        koppen.add_argument("--sinds", type=date.fromisoformat, help="eerste dag; anders alle")
        weg = delen.add_parser("ruim_op", help="na een nachttaak die te veel dagen vond")
        weg.add_argument("--hooguit", type=int, required=True, help="zoveel dagen")
        uit = delen.add_parser("exporteer", help="JSON-regels, Logboek Dataverwerkingen")
        uit.add_argument("--van", type=date.fromisoformat, required=True)
        uit.add_argument("--tot", type=date.fromisoformat, required=True)
        uit.add_argument("--volledig", action="store_true", help="ook afnemer, doel en gegevens")
        wie = delen.add_parser("wie", help="van welke klanten (uuid) een ander gegevens gebruikte")
        wie.add_argument("--van", type=date.fromisoformat, required=True)
        wie.add_argument("--tot", type=date.fromisoformat, required=True, help="niet meegeteld")
        wie.add_argument("--door", default="", help="alleen deze afnemer, afdeling of verwerker")

    def handle(self, *args: Any, **opties: Any) -> None:
        match opties["wat"]:
            case "controleer":
                self._controleer(opties["koppen"])
            case "koppen":
                self.stdout.writelines(f"{kop}\n" for kop in getekende_koppen(opties["sinds"]))
            case "ruim_op":
                dagen = ruim_op(timezone.now(), hooguit=opties["hooguit"])
                self.stdout.write(f"{dagen} dagen opgeruimd")
            case "exporteer":
                self._exporteer(opties["van"], opties["tot"], alles=opties["volledig"])
            case "wie":
                gevonden = klanten_in(opties["van"], opties["tot"], door=opties["door"])
                self.stdout.writelines(f"{klant}\t{aantal}\n" for klant, aantal in gevonden)

    def _controleer(self, bestand: Path | None) -> None:
        try:
            getekend = koppen_uit(bestand.read_text().splitlines()) if bestand else []
            breuken = controleer(getekend)
        except OngeldigeHandtekening as fout:
            raise CommandError(f"geen geldige handtekening: {fout}") from fout
        if breuken:
            raise CommandError("\n".join(str(breuk) for breuk in breuken))
        self.stdout.write("het logboek is heel")

    def _exporteer(self, van: date, tot: date, *, alles: bool) -> None:
        vorm = volledig if alles else als_standaard
        regels = Logregel.objects.filter(dag__gte=van, dag__lt=tot).order_by("dag", "volgnummer")
        for regel in regels.iterator(chunk_size=5000):
            self.stdout.write(json.dumps(vorm(regel), ensure_ascii=False))
