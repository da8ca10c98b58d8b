"""Een vraag aan een basisregistratie over wie is ingelogd: eerst een regel, dan de vraag."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop

from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import (
    Gebruik,
    NietVastgelegd,
    deze_gemeente,
    leg_gebruik_vast,
    leg_gebruik_zonder_klant_vast,
)
from portal.mijn.toegang import eigen_klant
from portal.registers.basisgegevens import Beeld, Getoond
from portal.registers.instellingen import is_gekoppeld

T = TypeVar("T")
NAAM = gettext_noop("Gegevens uit een basisregistratie getoond aan uzelf")
DOEL = gettext_noop("Aan uzelf laten zien")
BUREN = {Activiteit.BRP_BEVRAGEN: "brp", Activiteit.KVK_BEVRAGEN: "kvk"}


def vraag_na(
    request: HttpRequest, activiteit: Activiteit, vraag: Callable[[], Getoond[T]]
) -> Getoond[T]:
    """P11: wat niet vastgelegd kan worden wordt niet gevraagd; de pagina komt er wel.

    Call it outside a transaction: the neighbour may take seconds.
    """
    if not is_gekoppeld(BUREN[activiteit]):
        return Getoond(Beeld.UIT)
    try:
        _leg_vast(request, activiteit)
    except NietVastgelegd:
        return Getoond(Beeld.NU_NIET)
    return vraag()


def _leg_vast(request: HttpRequest, activiteit: Activiteit) -> None:
    """With the klant, if there is one; looking around stores nothing about who has none."""
    klant = request.klant if hasattr(request, "klant") else eigen_klant(request)
    gebruik = Gebruik(
        activiteit=activiteit, naam=NAAM, doel=DOEL, gegevens=["registergegevens"], eigen=True
    )
    door, op = deze_gemeente(), timezone.now()
    if klant is None:
        leg_gebruik_zonder_klant_vast(gebruik=gebruik, door=door, op=op)
    else:
        leg_gebruik_vast([klant.pk], gebruik=gebruik, door=door, op=op)
