"""`manage.py abonnement maak|lijst|pauzeer|...`: abonnementen vanaf de opdrachtregel."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.opdrachtregel import door_van, vraag_door
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import RegelGeschonden
from portal.webhooks import beheer, handdruk, herstel, overzicht
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.models import Abonnement

GEWOON: dict[str, Callable[..., Abonnement]] = {
    "bevestig": beheer.bevestig,
    "pauzeer": beheer.pauzeer,
    "hervat": beheer.hervat,
    "probeer-nu": beheer.probeer_nu,
}
GEHEIM = {"roteer": beheer.roteer, "gelekt": beheer.meld_gelekt}
HAND = {"handdruk": handdruk.geef_hand, "test": handdruk.stuur_test}


class Command(BaseCommand):
    help = "Beheer de abonnementen op wijzigingen."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        doen = parser.add_subparsers(dest="wat", required=True)
        doen.add_parser("lijst", help="alle abonnementen met hun stand")
        maak = doen.add_parser("maak", help="een nieuw abonnement; toont het geheim één keer")
        maak.add_argument("naam")
        maak.add_argument("url")
        maak.add_argument("--contact", required=True)
        maak.add_argument("--soort", action="append", choices=Gebeurtenis.Soort.values)
        maak.add_argument("--vorm", default="cloudevents", choices=Abonnement.Vorm.values)
        maak.add_argument("--inlogwijze", default="geen", choices=Abonnement.Inlogwijze.values)
        maak.add_argument("--inlog", help="bestand met JSON; zie docs/webhooks.md")
        maak.add_argument("--reden", required=True)
        vraag_door(maak)
        for naam in (*GEWOON, *GEHEIM, *HAND, "trek-in", "sla-over", "herhaal"):
            een = doen.add_parser(naam)
            een.add_argument("nummer", type=int)
            een.add_argument("--reden", required=True)
            vraag_door(een)
            if naam == "pauzeer":
                een.add_argument("--tot", type=_moment, help="dan gaat het vanzelf verder")
            if naam in {"sla-over", "herhaal"}:
                een.add_argument("--klant", type=UUID, required=naam == "sla-over")
            if naam == "herhaal":
                een.add_argument("--sinds", type=_moment)

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            self.stdout.write(self._doe(opties))
        except RegelGeschonden as fout:
            raise CommandError(fout.melding) from fout
        except Abonnement.DoesNotExist as fout:
            raise CommandError("Dit abonnement bestaat niet.") from fout

    def _doe(self, opties: dict[str, Any]) -> str:
        wat = opties["wat"]
        if wat == "lijst":
            return "\n".join(_regel(a) for a in overzicht.met_cijfers(Abonnement.objects.all()))
        door = beheer.Door(wie=door_van(opties), reden=opties["reden"], op=timezone.now())
        if wat == "maak":
            return _maak(opties, door)
        nummer = opties["nummer"]
        if wat in GEHEIM:
            return f"Nieuw geheim (alleen nu te zien): {GEHEIM[wat](nummer, door=door)}"
        if wat in HAND:
            return _hand(HAND[wat](Abonnement.objects.get(pk=nummer), door=door))
        if wat in GEWOON:
            tot = {"tot": opties["tot"]} if wat == "pauzeer" else {}
            GEWOON[wat](nummer, door=door, **tot)
            return "Gedaan."
        return _herstel(wat, nummer, opties, door)


def _moment(tekst: str) -> datetime:
    """A moment in ISO 8601; without an offset it is the time of the municipality."""
    moment = parse_datetime(tekst)
    if moment is None:
        raise argparse.ArgumentTypeError("schrijf een moment als 2026-11-20T09:30")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _maak(opties: dict[str, Any], door: beheer.Door) -> str:
    inlog = json.loads(Path(opties["inlog"]).read_text()) if opties["inlog"] else {}
    gegevens = Abonnementgegevens(
        naam=opties["naam"],
        contact=opties["contact"],
        url=opties["url"],
        bronorganisatie=settings.ORGANISATIE_RSIN,
        soorten=opties["soort"] or list(Gebeurtenis.Soort.values),
        vorm=opties["vorm"],
        inlogwijze=opties["inlogwijze"],
        inlog=inlog,
    )
    abonnement, geheim = beheer.maak(gegevens, door=door)
    return (
        f"Abonnement {abonnement.pk} gemaakt. Geheim (alleen nu te zien): {geheim}\n"
        f"Daarna: manage.py abonnement handdruk {abonnement.pk} --reden ..."
    )


def _herstel(wat: str, nummer: int, opties: dict[str, Any], door: beheer.Door) -> str:
    if wat == "trek-in":
        abonnement = Abonnement.objects.get(pk=nummer)
        aantal = beheer.aantal_open(abonnement)
        beheer.trek_in(nummer, open_gezien=aantal, door=door)
        return f"Ingetrokken; {aantal} open berichten gaan niet meer."
    if wat == "sla-over":
        return (
            f"Nummer {herstel.sla_over(nummer, opties['klant'], door=door).volgnummer} gaat niet."
        )
    if opties["klant"]:
        aantal = herstel.herhaal_onderwerp(nummer, opties["klant"], door=door)
    elif opties["sinds"]:
        aantal = herstel.herhaal_sinds(nummer, opties["sinds"], door=door)
    else:
        raise CommandError("Noem --klant of --sinds.")
    return f"{aantal} berichten gaan nog eens."


def _hand(uitslag: handdruk.Uitslag) -> str:
    if uitslag.fout:
        raise CommandError(uitslag.fout)
    return "\n".join(["De ontvanger nam het testbericht aan.", *uitslag.waarschuwingen])


def _regel(abonnement: Abonnement) -> str:
    wacht = getattr(abonnement, "aantal_open", 0) or 0
    return (
        f"{abonnement.pk}\t{abonnement.status}\t{wacht} open\t{abonnement.naam}\t{abonnement.url}"
    )
