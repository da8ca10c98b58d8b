"""Meldingen en vragen van een klant zoals de gemeente ze kent; alleen om te tonen.

voor_klanten([klant.pk, ...])  # newest first; `onvolledig` when a neighbour did not answer
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware
from django.utils.translation import gettext_lazy as _

from portal.registers import instellingen
from portal.registers.interacties.publiceren import url_van
from portal.registers.interacties.vormen import TALEN, Ding, Links, Taal
from portal.registers.models import Publicatie
from portal.registers.verbinding import Buurstoring, Vraag, buur, pad_van, vraag

HOOGSTENS = 20
STANDEN = {
    "ontvangen": _("Wij hebben dit ontvangen."),
    "in_behandeling": _("Wij zijn ermee bezig."),
    "afgehandeld": _("Dit is klaar."),
    "afgewezen": _("Wij hebben dit afgewezen."),
    "ingetrokken": _("U heeft dit ingetrokken."),
}
BUDGET_SECONDEN = 5.0


@dataclass(frozen=True)
class Contact:
    """Eén contactmoment of verzoek; `op` is the moment as the register wrote it (ISO 8601).

    `interactie` is our own, when we published it. `tekst` is for this klant's eyes only.
    """

    soort: str
    op: str
    kenmerk: str
    kanaal: str
    status: str
    tekst: str = field(repr=False)
    interactie: UUID | None = None

    @property
    def moment(self) -> datetime | None:
        """Return `op` as a moment, if it is one."""
        try:
            op = parse_datetime(self.op)
        except ValueError:
            return None
        return op if op is None or is_aware(op) else make_aware(op)

    @property
    def stand(self) -> str:
        """Return the status of a verzoek in words; a contactmoment has none."""
        return str(STANDEN.get(self.status, ""))


@dataclass(frozen=True)
class Contacten:
    """Wat er te tonen is; `onvolledig` asks the page for a notice, never for an error."""

    regels: tuple[Contact, ...]
    onvolledig: bool


def voor_klanten(klanten: Iterable[UUID]) -> Contacten:
    """Return the contacts of these klanten, at most 20 per register and within five seconds.

    `klanten` must come through the caller's own door: nothing is checked here.
    """
    einde = time.monotonic() + BUDGET_SECONDEN
    regels, onvolledig = list[Contact](), False
    urls = {url_van(klant) for klant in klanten}
    for taal in TALEN:
        if not instellingen.is_gekoppeld(taal.buur):
            continue
        try:
            compleet = _lees(taal, urls, einde, regels)
        except Buurstoring:
            compleet = False
        onvolledig = onvolledig or not compleet
    return Contacten(tuple(sorted(regels, key=lambda c: c.op, reverse=True)), onvolledig)


def _lees(taal: Taal, klanten: set[str], einde: float, regels: list[Contact]) -> bool:
    dingen = {ding: None for klant in klanten for ding in _dingen(taal, klant)}
    eigen = {rij.url: rij.interactie for rij in Publicatie.objects.filter(url__in=dingen)}
    bron = buur(taal.buur)
    for url in list(dingen)[:HOOGSTENS]:
        if time.monotonic() > einde:
            return False
        ding = vraag(bron, Vraag("GET", pad_van(bron, url)), Ding, _is(url))
        regels.append(
            Contact(
                soort=taal.ding,
                op=ding.registratiedatum,
                kenmerk=ding.identificatie or ding.externe_identificatie,
                kanaal=ding.kanaal,
                status=ding.status,
                tekst=ding.inhoud,
                interactie=eigen.get(url),
            )
        )
    return len(dingen) <= HOOGSTENS


def _is(url: str) -> Callable[[Ding], bool]:
    return lambda ding: ding.url == url


def _dingen(taal: Taal, klant: str) -> list[str]:
    """The address of the klant comes back in every link: one of another klant spoils the answer."""
    wat = Vraag("GET", taal.koppelpad, zoek={"klant": klant})
    links = vraag(buur(taal.buur), wat, Links, lambda a: all(x.klant == klant for x in a.results))
    return [link.ding for link in links.results]
