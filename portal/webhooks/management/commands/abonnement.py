"""`manage.py abonnement maak|lijst|pauzeer|...`: abonnementen vanaf de opdrachtregel."""

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.opdrachtregel import door_van, vraag_door
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import RegelGeschonden, Subjectsoort
from portal.webhooks import beheer, handdruk, herstel, overzicht
from portal.webhooks.abonnementgegevens import Abonnementgegevens, gegevens_van
from portal.webhooks.models import Abonnement
from portal.webhooks.models.abonnement import alle_soorten

GEWOON: dict[str, Callable[..., Abonnement]] = {
    "bevestig": beheer.bevestig,
    "pauzeer": beheer.pauzeer,
    "hervat": beheer.hervat,
    "probeer-nu": beheer.probeer_nu,
}
GEHEIM = {"roteer": beheer.roteer, "gelekt": beheer.meld_gelekt}
HAND = {"handdruk": handdruk.geef_hand, "test": handdruk.stuur_test}
HULP = {
    "wijzig": "verander wat u noemt; de rest blijft, ook de inloggegevens",
    "informatierijk": "waarden in het bericht, alleen voor een doel",
    "trek-in": "einde: open berichten gaan niet meer",
}
ALLE = "alle"
GELIJK = ("naam", "url", "contact", "vorm", "inlogwijze", "gelijktijdig", "wachttijd")
"""Options that are a value of Abonnementgegevens as they are."""


class Command(BaseCommand):
    help = "Beheer de abonnementen op wijzigingen."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        doen = parser.add_subparsers(dest="wat", required=True)
        doen.add_parser("lijst", help="alle abonnementen met hun stand")
        maak = doen.add_parser("maak", help="een nieuw abonnement; toont het geheim één keer")
        maak.add_argument("naam")
        maak.add_argument("url")
        maak.add_argument("--contact", required=True)
        maak.add_argument("--vorm", choices=Abonnement.Vorm.values)
        _vraag_keuze(maak)
        _vraag_waarom(maak)
        een = {
            naam: doen.add_parser(naam, help=HULP.get(naam))
            for naam in (*GEWOON, *GEHEIM, *HAND, *HULP, "sla-over", "herhaal")
        }
        for parser_ in een.values():
            parser_.add_argument("nummer", type=int)
            _vraag_waarom(parser_)
        for naam in ("--naam", "--url", "--contact"):
            een["wijzig"].add_argument(naam)
        _vraag_keuze(een["wijzig"])
        aan_of_uit = een["informatierijk"].add_mutually_exclusive_group(required=True)
        aan_of_uit.add_argument("--doel", choices=list(settings.DOELEN))
        aan_of_uit.add_argument("--uit", action="store_true")
        een["trek-in"].add_argument("--open", type=int, help="hoeveel er open staan")
        een["pauzeer"].add_argument("--tot", type=_moment, help="dan gaat het vanzelf verder")
        een["sla-over"].add_argument("--klant", type=UUID, required=True)
        een["herhaal"].add_argument("--klant", type=UUID)
        een["herhaal"].add_argument(
            "--nummer", type=int, dest="volgnummer", help="met --klant: één"
        )
        een["herhaal"].add_argument("--sinds", type=_moment)

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
        if wat in KEUZE:
            return KEUZE[wat](nummer, opties, door)
        return _herstel(wat, nummer, opties, door)


def _moment(tekst: str) -> datetime:
    """A moment in ISO 8601; without an offset it is the time of the municipality."""
    moment = parse_datetime(tekst)
    if moment is None:
        raise argparse.ArgumentTypeError("schrijf een moment als 2026-11-20T09:30")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _vraag_waarom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reden", required=True)
    vraag_door(parser)


def _vraag_keuze(parser: argparse.ArgumentParser) -> None:
    """What can be chosen at the start and later; a secret only as a file, never on the line."""
    for naam, keuzes in (
        ("--soort", [*Gebeurtenis.Soort.values, ALLE]),
        ("--subjectsoort", [*Subjectsoort, ALLE]),
    ):
        parser.add_argument(naam, action="append", choices=keuzes)
    parser.add_argument("--inlogwijze", choices=Abonnement.Inlogwijze.values)
    parser.add_argument("--inlog", type=Path, help="bestand met JSON; zie docs/webhooks.md")
    parser.add_argument("--eigen-ca", type=Path, help="bestand (PEM); een leeg bestand: gewone")
    parser.add_argument("--gelijktijdig", type=int, help="1 tot 20 berichten tegelijk")
    parser.add_argument("--per-minuut", type=int, help="0: geen grens")
    parser.add_argument("--wachttijd", type=int, help="1 tot 15 seconden")


def _keuze(opties: dict[str, Any]) -> dict[str, Any]:
    """What was named, by the names of Abonnementgegevens; raises CommandError."""
    keuze = {naam: opties[naam] for naam in GELIJK if opties.get(naam) is not None}
    if soorten := opties["soort"]:
        keuze["soorten"] = alle_soorten() if ALLE in soorten else soorten
    if subjecten := opties["subjectsoort"]:
        keuze["subjectsoorten"] = [] if ALLE in subjecten else subjecten
    if opties["per_minuut"] is not None:
        keuze["per_minuut"] = opties["per_minuut"] or None
    if opties["eigen_ca"]:
        keuze["eigen_ca"] = _lees(opties["eigen_ca"]).strip()
    if opties["inlog"]:
        keuze["inlog"] = _inlog(_lees(opties["inlog"]))
    return keuze


def _lees(bestand: Path) -> str:
    try:
        return bestand.read_text()
    except (OSError, ValueError) as fout:
        raise CommandError(f"{bestand} is niet te lezen.") from fout


def _inlog(tekst: str) -> dict[str, str]:
    """The settings of a login; what is wrong with them never repeats them."""
    try:
        gelezen = json.loads(tekst)
    except ValueError:
        gelezen = None
    if not isinstance(gelezen, dict):
        raise CommandError("De inloggegevens zijn geen JSON-object.")
    return {str(naam): str(waarde) for naam, waarde in gelezen.items()}


def _maak(opties: dict[str, Any], door: beheer.Door) -> str:
    gegevens = Abonnementgegevens(bronorganisatie=settings.ORGANISATIE_RSIN, **_keuze(opties))
    abonnement, geheim = beheer.maak(gegevens, door=door)
    return (
        f"Abonnement {abonnement.pk} gemaakt. Geheim (alleen nu te zien): {geheim}\n"
        f"Daarna: manage.py abonnement handdruk {abonnement.pk} --reden ..."
    )


def _wijzig(nummer: int, opties: dict[str, Any], door: beheer.Door) -> str:
    keuze = _keuze(opties)
    if not keuze:
        raise CommandError("Noem wat er verandert.")
    with transaction.atomic():
        nu = gegevens_van(beheer.op_slot(nummer))
        abonnement = beheer.wijzig(nummer, replace(nu, **{"inlog": {}, **keuze}), door=door)
    return f"Gewijzigd; {abonnement.status}. {abonnement.reden}".strip()


def _informatierijk(nummer: int, opties: dict[str, Any], door: beheer.Door) -> str:
    doel = opties["doel"] or ""
    beheer.zet_informatierijk(nummer, aan=bool(doel), doel=doel, door=door)
    return f"Informatierijk voor {doel}." if doel else "Informatierijk uit."


def _trek_in(nummer: int, opties: dict[str, Any], door: beheer.Door) -> str:
    """Who ends it has seen how many messages that costs."""
    aantal, gezien = beheer.aantal_open(Abonnement.objects.get(pk=nummer)), opties["open"]
    if gezien is None:
        raise CommandError(
            f"Er staan {aantal} berichten open, die gaan dan nooit meer. Zeker? --open {aantal}"
        )
    beheer.trek_in(nummer, open_gezien=gezien, door=door)
    return f"Ingetrokken; {aantal} open berichten gaan niet meer."


def _herstel(wat: str, nummer: int, opties: dict[str, Any], door: beheer.Door) -> str:
    if wat == "sla-over":
        return (
            f"Nummer {herstel.sla_over(nummer, opties['klant'], door=door).volgnummer} gaat niet."
        )
    if opties["volgnummer"] is not None:
        if not opties["klant"] or opties["sinds"]:
            raise CommandError("Bij --nummer hoort alleen --klant.")
        kop = herstel.herhaal_een(nummer, opties["klant"], opties["volgnummer"], door=door)
        return f"Nummer {kop.volgnummer} gaat nog eens."
    if opties["klant"]:
        aantal = herstel.herhaal_onderwerp(nummer, opties["klant"], door=door)
    elif opties["sinds"]:
        aantal = herstel.herhaal_sinds(nummer, opties["sinds"], door=door)
    else:
        raise CommandError("Noem --klant of --sinds.")
    return f"{aantal} berichten gaan nog eens."


KEUZE = {"wijzig": _wijzig, "informatierijk": _informatierijk, "trek-in": _trek_in}


def _hand(uitslag: handdruk.Uitslag) -> str:
    if uitslag.fout:
        raise CommandError(uitslag.fout)
    return "\n".join(["De ontvanger nam het testbericht aan.", *uitslag.waarschuwingen])


def _regel(abonnement: Abonnement) -> str:
    wacht = getattr(abonnement, "aantal_open", 0) or 0
    return (
        f"{abonnement.pk}\t{abonnement.status}\t{wacht} open\t{abonnement.naam}\t{abonnement.url}"
    )
