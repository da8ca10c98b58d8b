"""One attempt to log in: what was asked, kept in the session under its state, used once."""

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Sessie
from accounts.niveaus import Niveau
from accounts.sessieopslag import SessionStore, gehasht

STATEN = "oidc_states"


@dataclass(frozen=True, kw_only=True)
class Poging:
    """An entry of `oidc_states`: the first three fields are mozilla-django-oidc's, the rest ours.

    `vers` tells that a fresh login was asked, `account_van` who was logged in at the start. Times
    are epoch seconds.
    """

    nonce: str
    code_verifier: str
    added_on: float
    aanbieder: str
    niveau: Niveau
    vers: bool
    gevraagd_op: float
    handeling: str
    next: str
    account_van: str

    @classmethod
    def uit_sessie(cls, gegevens: dict[str, Any]) -> Self:
        return cls(**{**gegevens, "niveau": Niveau(gegevens["niveau"])})

    def verlopen(self, nu: float) -> bool:
        return nu - self.gevraagd_op > settings.INLOGPOGING_LEVENSDUUR


def vul_aan(request: HttpRequest, state: str, **velden: Any) -> None:
    """Add our fields to the entry that the library made for this state."""
    request.session[STATEN][state].update(velden)
    request.session.pop("oidc_login_next", None)
    request.session.modified = True


def neem(request: HttpRequest, slug: str, state: str) -> Poging | None:
    """Take the attempt of this browser, provider and state, once; None when there is none.

    The session row is locked: of four identical answers at the same time one gets it.
    """
    sleutel = request.session.session_key
    with transaction.atomic():
        rijen = Sessie.objects.select_for_update().filter(pk=gehasht(sleutel))
        if not sleutel or rijen.first() is None:
            return None
        sessie = SessionStore(sleutel)
        poging = sessie.get(STATEN, {}).get(state)
        if poging is None or poging.get("aanbieder") != slug:
            return None
        del sessie[STATEN][state]
        sessie.modified = True
        sessie.save()
    request.session = sessie
    return Poging.uit_sessie(poging)
