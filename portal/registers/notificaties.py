"""Notificaties over zaken: ontvangen van de routeringcomponent, en er een abonnement op nemen.

A message is only a hint: nothing in it is believed but the uuid of a zaak, which we then ask for
ourselves. Loss is normal; the periodic check finds what was missed.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from pydantic import Field, RootModel, ValidationError

from portal.registers.instellingen import instelling
from portal.registers.models import Ontvangen
from portal.registers.verbinding import (
    Antwoordvorm,
    OnbruikbaarAntwoord,
    Vraag,
    buur,
    vraag,
)

KANAAL = "zaken"
ONTHOUDEN = timedelta(days=7)
_Tekst = Annotated[str, Field(min_length=1, max_length=1000)]


class OngeldigBericht(Exception):
    """Not a message of the Notificaties API; holds nothing of it."""


class Bericht(Antwoordvorm):
    """Wat wij van een notificatie lezen."""

    kanaal: Annotated[str, Field(min_length=1, max_length=50)]
    hoofd_object: _Tekst
    resource: Annotated[str, Field(min_length=1, max_length=100)]
    resource_url: _Tekst
    actie: Annotated[str, Field(min_length=1, max_length=100)]
    aanmaakdatum: Annotated[str, Field(min_length=10, max_length=40)]

    def zaak(self) -> str:
        """Return the uuid of the zaak, or "" when this is not about a zaak of our zaaksysteem."""
        begin = instelling("zaken")["url"].rstrip("/") + "/zaken/"
        rest = self.hoofd_object.removeprefix(begin)
        if self.kanaal != KANAAL or rest == self.hoofd_object:
            return ""
        try:
            return str(UUID(rest))
        except ValueError:
            return ""


class _Abonnement(Antwoordvorm):
    url: _Tekst
    callback_url: _Tekst


class _Abonnementen(RootModel[list[_Abonnement]]):
    """A bare list: this API has no envelope."""


def lees(inhoud: bytes) -> Bericht:
    """Return the message; raises OngeldigBericht."""
    try:
        return Bericht.model_validate_json(inhoud)
    except ValidationError:
        raise OngeldigBericht from None


def is_nieuw(bericht: Bericht, *, op: datetime) -> bool:
    """Remember this message; False when it was here before. It has no id, so its parts count."""
    delen = (bericht.resource_url, bericht.actie, bericht.aanmaakdatum)
    afdruk = sha256("\x1f".join(delen).encode()).hexdigest()
    return Ontvangen.objects.get_or_create(afdruk=afdruk, defaults={"op": op})[1]


def vergeet_oude(op: datetime) -> int:
    """Forget prints of messages that no sender repeats any more."""
    return Ontvangen.objects.filter(op__lt=op - ONTHOUDEN).delete()[0]


def abonneer() -> bool:
    """Make sure that we get what happens on the kanaal zaken; True when an abonnement was made.

    The component tries our address at once, with and without the agreed word. Raises Buurstoring.
    """
    bron = buur("notificaties")
    onze = settings.PORTAAL_URL + reverse("registers:notificaties")
    inhoud = {
        "callbackUrl": onze,
        "auth": instelling("notificaties")["ontvangst"],
        "kanalen": [{"naam": KANAAL, "filters": {}}],
    }
    bekend = vraag(bron, Vraag("GET", "/abonnement"), _Abonnementen).root
    voor_ons = [rij for rij in bekend if rij.callback_url == onze]
    methode, pad = ("PUT", _pad_van(voor_ons[0])) if voor_ons else ("POST", "/abonnement")
    wat = Vraag(methode, pad, inhoud=inhoud)
    vraag(bron, wat, _Abonnement, lambda antwoord: antwoord.callback_url == onze)
    return not voor_ons


def _pad_van(rij: _Abonnement) -> str:
    """Only the uuid at the end of its address is believed; raises OnbruikbaarAntwoord."""
    try:
        return f"/abonnement/{UUID(urlsplit(rij.url).path.rsplit('/', 1)[-1])}"
    except ValueError:
        raise OnbruikbaarAntwoord("vreemd-adres") from None
