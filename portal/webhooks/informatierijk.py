"""De nieuwe waarden in een bericht, alleen voor wie daar een doel voor heeft.

Read anew at each try and never kept in the outbox; each delivery writes its line in the Logboek
first, in the same transaction. A klant that is gone leaves the message informatiearm.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.klanten.models import (
    DigitaalAdres,
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

    Only fields that changed in this Gebeurtenis and that `doel` may see. Raises
    portal.logboek.schrijven.NietVastgelegd: then nothing leaves.
    """
    velden = velden_voor(feiten, doel)
    if not velden or not Klant.objects.filter(pk=feiten.onderwerp).exists():
        return None
    ontvanger = Abonnement.objects.get(uuid=abonnement)
    leg_gebruik_vast(
        [feiten.onderwerp],
        gebruik=Gebruik(
            activiteit=Activiteit.VERSTREKKEN,
            naam="webhook",
            doel=str(settings.DOELEN[doel]["omschrijving"]),
            gegevens=velden,
        ),
        door=Gebruiker(organisatie=ontvanger.bronorganisatie, naam=ontvanger.naam),
        op=timezone.now(),
    )
    return {veldnaam(veld): _teksten(BRONNEN[veld](feiten.onderwerp)) for veld in velden}


def _teksten(rijen: Iterable[Model]) -> list[str]:
    return [rij.tekst() for rij in rijen if isinstance(rij, MetHerkomst) and hasattr(rij, "tekst")]
