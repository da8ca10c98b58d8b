"""`manage.py account toon|wie|blokkeer|deblokkeer|log-uit` (docs/handboek.md)."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import toegang
from accounts.identiteit import Identiteit, OngeldigNummer, Soort
from accounts.opdrachtregel import door_van, vraag_door
from accounts.toegang import Door, NietGevonden, Principaal
from accounts.zegel import Onleesbaar

SOORTEN = [soort.value for soort in Soort]
NAMENS_BEDRIJF = {Soort.KVK, Soort.VESTIGING, Soort.RSIN, Soort.EIDAS_ORGANISATIE}


class Command(BaseCommand):
    help = "Waaraan iemand te herkennen is, wie een account is, blokkeren en uitloggen."

    def add_arguments(self, parser: CommandParser) -> None:
        doen = parser.add_subparsers(dest="wat", required=True)
        for wat, help_ in (
            ("toon", "index en pseudoniem in het log onder elke sleutel; nummer op stdin"),
            ("blokkeer", "niet meer naar binnen, en nu uit elke sessie; nummer op stdin"),
            ("deblokkeer", "weer naar binnen; nummer op stdin"),
            ("log-uit", "beëindig sessies; nummer op stdin, of --iedereen"),
        ):
            een = doen.add_parser(wat, help=help_)
            een.add_argument("--soort", choices=SOORTEN, required=wat != "log-uit")
            if wat == "log-uit":
                een.add_argument("--iedereen", action="store_true")
            if wat != "toon":
                een.add_argument("--reden", required=True)
                vraag_door(een, verplicht=True)
        wie = doen.add_parser("wie", help="het nummer achter een account; dit kijken blijft staan")
        wie.add_argument("index")
        wie.add_argument("--reden", required=True)
        vraag_door(wie, verplicht=True)

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            self.stdout.write(self._doe(opties))
        except (OngeldigNummer, Onleesbaar, ValueError) as fout:
            raise CommandError(str(fout)) from fout
        except NietGevonden as fout:
            raise CommandError("niet gevonden") from fout

    def _doe(self, opties: dict[str, Any]) -> str:
        wat = opties["wat"]
        if wat == "toon":
            return "\n".join(_regels(lees_wie(Soort(opties["soort"]))))
        door = Door(door=door_van(opties), reden=opties["reden"], op=timezone.now())
        if wat == "wie":
            wie = toegang.onthul(opties["index"], door=door)
            return f"{wie.identiteit.soort}\t{wie.identiteit.onthul()}\t{wie.handelende}".rstrip()
        if wat == "log-uit":
            if bool(opties["soort"]) == opties["iedereen"]:
                raise CommandError("noem --soort of --iedereen")
            van = None if opties["iedereen"] else lees_wie(Soort(opties["soort"]))
            return f"{toegang.log_uit(van, door=door)} sessies beëindigd"
        wie = lees_wie(Soort(opties["soort"]))
        if wat == "deblokkeer":
            toegang.deblokkeer(wie, door=door)
            return "mag weer naar binnen"
        return f"geblokkeerd; {toegang.blokkeer(wie, door=door)} sessies beëindigd"


def lees_wie(soort: Soort) -> Principaal:
    """Read the number, and for a company who acts, without showing or keeping what is typed.

    A vestiging is written as vestigingsnummer/KvK-nummer. Raises OngeldigNummer.
    """
    nummer = _lees("Nummer: ")
    waarde, _, kvk = nummer.partition("/") if soort is Soort.VESTIGING else (nummer, "", "")
    identiteit = Identiteit(soort, waarde, kvk)
    handelende = _lees("Wie er handelt (pseudoniem): ") if soort in NAMENS_BEDRIJF else ""
    return Principaal(identiteit, handelende)


def _lees(vraag: str) -> str:
    """Never as an argument: those stand in the history of the shell and the list of processes."""
    return (getpass(vraag) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def _regels(wie: Principaal) -> list[str]:
    return [
        f"sleutel {spoor.sleutel}\n  index {spoor.index}\n  in het log (wie) {spoor.in_het_log}\n"
        f"  geblokkeerd {'ja' if spoor.geblokkeerd else 'nee'}, sessies {spoor.sessies}"
        for spoor in toegang.sporen(wie)
    ]
