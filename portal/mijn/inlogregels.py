"""Wanneer houden wij bij dat iemand inlogde: alleen als er een klant is (MIN-4)."""

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import inlogregels
from accounts.inlog import Inlog
from portal.klanten.handelingen import laat_van_zich_horen
from portal.mijn.toegang import (
    Gebeurtenis,
    authenticatie_van,
    eigen_klanten,
    subjecten_zonder_klant,
)


def bij_inloggen(sender: object, inlog: Inlog, request: HttpRequest, **kwargs: object) -> None:
    """Bewaar één regel van deze inlog als deze persoon of dit bedrijf een klant heeft.

    Besluiten 22: wie inlogt gebruikt zijn gegevens nog, ook zonder iets te wijzigen.
    """
    if inlog.is_medewerker or not eigen_klanten(request).exists():
        return
    nu = timezone.now()
    inlogregels.leg_vast(inlog, op=nu)
    laat_van_zich_horen(door=authenticatie_van(request), op=nu)


def bij_gebeurtenis(gebeurtenis: Gebeurtenis) -> None:
    """KLUIT02: met de laatste klant van een subject verdwijnen zijn inlogregels.

    What fails after the COMMIT does not make the deletion fail; the night does it again.
    """
    if gebeurtenis.soort == Gebeurtenis.Soort.VERWIJDERD:
        transaction.on_commit(wis_zonder_klant, robust=True)


def wis_zonder_klant() -> None:
    """KLUIT02: wie geen klant meer is, van diens inlogs bewaren wij geen regel."""
    for subject in subjecten_zonder_klant():
        inlogregels.wis(subject)
