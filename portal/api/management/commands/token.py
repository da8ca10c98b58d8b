"""`manage.py token maak | lijst | trek-in`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.opdrachtregel import door_van, vraag_door
from portal.api import beheer
from portal.api.models import Toepassing, Token
from portal.api.rechten import Scope, Veld


class Command(BaseCommand):
    """Give, list and revoke tokens, with a reason."""

    help = "Geef, toon of trek tokens van de API in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        delen = parser.add_subparsers(dest="wat", required=True)
        maak = delen.add_parser("maak", help="toont de sleutel één keer")
        maak.add_argument("toepassing", help="naam; wordt gemaakt als zij er nog niet is")
        maak.add_argument(
            "--scope", action="append", required=True, choices=[str(s) for s in Scope]
        )
        maak.add_argument("--doel", action="append", default=[], choices=sorted(settings.DOELEN))
        maak.add_argument("--veld", action="append", default=[], choices=[str(v) for v in Veld])
        maak.add_argument("--netwerk", action="append", default=[])
        maak.add_argument("--dagen", type=int, default=365)
        maak.add_argument("--client-id", help="geef een HS256-geheim voor de Klanten API 1.0.0")
        maak.add_argument("--afdeling", default="")
        maak.add_argument("--reden", required=True)
        vraag_door(maak)
        delen.add_parser("lijst")
        trek_in = delen.add_parser("trek-in")
        trek_in.add_argument("prefix")
        trek_in.add_argument("--reden", required=True)
        vraag_door(trek_in)

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            {"maak": self._maak, "lijst": self._lijst, "trek-in": self._trek_in}[opties["wat"]](
                opties
            )
        except beheer.OngeldigRecht as fout:
            raise CommandError(str(fout)) from fout

    def _toepassing(self, opties: dict[str, Any]) -> Toepassing:
        """The toepassing with this name, made when it is not there yet."""
        toepassing = Toepassing.objects.filter(naam=opties["toepassing"]).first()
        if toepassing is None:
            toepassing = beheer.bewaar_toepassing(
                Toepassing(
                    naam=opties["toepassing"],
                    bronorganisatie=settings.ORGANISATIE_RSIN,
                    organisatie=settings.ORGANISATIE_NAAM,
                    afdeling=opties["afdeling"],
                    client_id=opties["client_id"],
                ),
                door=door_van(opties),
                reden=opties["reden"],
                op=timezone.now(),
            )
        return toepassing

    def _maak(self, opties: dict[str, Any]) -> None:
        toepassing = self._toepassing(opties)
        rechten = beheer.Rechten(
            scopes=opties["scope"],
            doelen=opties["doel"],
            velden=opties["veld"],
            netwerken=opties["netwerk"],
        )
        geef = beheer.geef_zgw_geheim if opties["client_id"] else beheer.geef_token
        op = timezone.now()
        verloopt_op = op + timedelta(days=opties["dagen"])
        sleutel = geef(
            toepassing, rechten, verloopt_op=verloopt_op, door=door_van(opties),
            reden=opties["reden"], op=op,
        )  # fmt: skip
        self.stdout.write(sleutel)

    def _lijst(self, opties: dict[str, Any]) -> None:
        for token in Token.objects.select_related("toepassing").order_by("pk"):
            stand = "ingetrokken" if token.ingetrokken_op else f"tot {token.verloopt_op:%Y-%m-%d}"
            scopes = ",".join(token.scopes)
            self.stdout.write(f"{token.prefix}  {token.toepassing}  {stand}  {scopes}")

    def _trek_in(self, opties: dict[str, Any]) -> None:
        token = Token.objects.filter(prefix=opties["prefix"]).first()
        if token is None:
            raise CommandError("dit token is er niet")
        beheer.trek_in(token, door=door_van(opties), reden=opties["reden"], op=timezone.now())
