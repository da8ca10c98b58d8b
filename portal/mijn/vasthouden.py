"""Wat er van iemands gegevens nog niet weg mag, in gewone woorden."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.inlog import inlog_van
from portal.klanten import handelingen
from portal.klanten.regels import Bewaarreden, Vasthouding, Zaak, dag, houdt_vast
from portal.mijn.templatetags.portaal import datum
from portal.mijn.toegang import Klant
from portal.registers.zaken import zaken_of_niets


@dataclass(frozen=True, kw_only=True)
class Vast:
    """`zaken` None: de bron antwoordt nu niet, en dan wacht een verzoek. `redenen` is leesbaar."""

    zaken: Sequence[Zaak] | None
    redenen: list[str]


def wat_houdt_vast(request: HttpRequest, klant: Klant, *, op: dt.datetime) -> Vast:
    """OWN-3: zaken en opgegeven gronden die de gegevens van deze klant vasthouden."""
    zaken = zaken_of_niets(inlog_van(request).identiteit)
    uit_zaken = [grond for zaak in zaken or () if (grond := houdt_vast(zaak, vandaag=dag(op)))]
    kenmerken = {grond.kenmerk for grond in uit_zaken}
    opgegeven = [
        grond
        for grond in handelingen.vasthoudingen(klant.pk, op=op)
        if grond.kenmerk not in kenmerken
    ]
    return Vast(zaken=zaken, redenen=[_reden(grond) for grond in [*uit_zaken, *opgegeven]])


def _reden(grond: Vasthouding) -> str:
    zaak = {"kenmerk": grond.kenmerk, "datum": datum(grond.tot)}
    match grond.reden:
        case Bewaarreden.OPEN_ZAAK:
            return (
                _("Uw zaak %(kenmerk)s loopt nog. Zolang bewaren wij wat daarvoor nodig is.") % zaak
            )
        case Bewaarreden.BLIJVEND_BEWAREN:
            return _("Uw zaak %(kenmerk)s moeten wij van de wet altijd bewaren.") % zaak
    if grond.tot is None:
        return _("Uw zaak %(kenmerk)s bewaren wij nog. Wij weten nog niet tot wanneer.") % zaak
    return (
        _("Uw zaak %(kenmerk)s bewaren wij tot %(datum)s. Daarna verwijderen wij het vanzelf.")
        % zaak
    )
