"""De nieuwe waarden in een bericht, alleen voor wie daar een doel voor heeft.

Read anew at each try and never kept in the outbox; each delivery writes its line in the Logboek
first, in the same transaction. A field that changed again or was erased after this Gebeurtenis is
left out (besluit 0140), so a repeat says less or the same, never something else. A klant that is
gone leaves the message informatiearm.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.klanten.models import (
    DigitaalAdres,
    Gebeurtenis,
    Klant,
    MetHerkomst,
    Naam,
    Postadres,
    Rekeningnummer,
    Voorkeur,
)
from portal.klanten.regels import Contactsoort, Stand
from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from portal.webhooks.bericht import Feiten, veldnaam
from portal.webhooks.models import Abonnement

Rijen = Callable[[UUID], Iterable[Model]]


def _digitaal(soort: str) -> Rijen:
    return lambda klant: DigitaalAdres.objects.in_gebruik().filter(klant=klant, soort=soort)


BRONNEN: dict[str, Rijen] = {
    "naam": lambda klant: Naam.objects.filter(klant=klant),
    "email": _digitaal(Contactsoort.EMAIL),
    "telefoon": _digitaal(Contactsoort.TELEFOON),
    "postadres": lambda klant: Postadres.objects.filter(klant=klant),
    "rekeningnummer": lambda klant: Rekeningnummer.objects.filter(
        klant=klant, stand=Stand.IN_GEBRUIK
    ),
    "voorkeuren": lambda klant: Voorkeur.objects.filter(klant=klant),
}
"""Waar de waarden in gebruik van een veld staan, genoemd zoals in een Gebeurtenis en een doel.

Een nummer van een persoon staat hier niet bij.
"""


def velden_voor(feiten: Feiten, doel: str) -> list[str]:
    """De gewijzigde velden die bij dit doel horen, op volgorde; als in `BRONNEN`, niet als API."""
    nodig = settings.DOELEN.get(doel, {}).get("velden", ())
    return sorted(set(feiten.velden) & set(nodig) & set(BRONNEN))


@transaction.atomic
def waarden_voor(feiten: Feiten, doel: str, abonnement: UUID) -> dict[str, object] | None:
    """De waarden in gebruik, per veld zoals de API het noemt; None als er geen te sturen zijn.

    Only fields that changed in this Gebeurtenis and not since, and that `doel` may see. Raises
    portal.logboek.schrijven.NietVastgelegd: then nothing leaves.
    """
    waarden = _nog_geldig(feiten, velden_voor(feiten, doel))
    if not waarden:
        return None
    ontvanger = Abonnement.objects.get(uuid=abonnement)
    leg_gebruik_vast(
        [feiten.onderwerp],
        gebruik=Gebruik(
            activiteit=Activiteit.VERSTREKKEN,
            naam="webhook",
            doel=str(settings.DOELEN[doel]["omschrijving"]),
            gegevens=list(waarden),
        ),
        door=Gebruiker(organisatie=ontvanger.bronorganisatie, naam=ontvanger.naam),
        op=timezone.now(),
    )
    return {veldnaam(veld): teksten for veld, teksten in waarden.items()}


def _nog_geldig(feiten: Feiten, velden: Iterable[str]) -> dict[str, list[str]]:
    """De waarden van deze versie; niets van een veld dat later veranderde, of van wie weg is.

    The rows are read before the question what came later: an edit that commits in between then
    takes its field away, where the other way round its value would leave under this version.
    """
    gelezen = {veld: _teksten(BRONNEN[veld](feiten.onderwerp)) for veld in velden}
    if not gelezen:
        return {}
    na = Gebeurtenis.objects.filter(onderwerp=feiten.onderwerp, versie__gt=feiten.versie)
    later = {veld for rij in na.values_list("velden", flat=True) for veld in rij}
    if not Klant.objects.filter(pk=feiten.onderwerp).exists():
        return {}
    return {veld: teksten for veld, teksten in gelezen.items() if veld not in later}


def _teksten(rijen: Iterable[Model]) -> list[str]:
    return [rij.tekst() for rij in rijen if isinstance(rij, MetHerkomst) and hasattr(rij, "tekst")]
