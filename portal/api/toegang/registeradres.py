"""Het adres volgens het register, waar het proces dat eist en het doel van de vraag het toelaat."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.identiteit import Identiteit, Soort, ontzegel_identiteit
from portal.api.toegang.wie import Aanroeper
from portal.klanten.models import Klant
from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, leg_gebruik_vast
from portal.registers import basisgegevens
from portal.registers.basisgegevens import Beeld, Getoond
from portal.registers.brp import Persoon
from portal.registers.kvk import Onderneming, Vestiging

NAAM = gettext_noop("Adres gelezen in een basisregistratie voor een systeem van de gemeente")
BRP, HANDELSREGISTER = "brp", "handelsregister"


@dataclass(frozen=True)
class Registeradres:
    """`bron`: which register holds the address; `beeld`: whether it could be read there now.

    UIT: the portal may not or cannot ask for this purpose, so the caller takes it there itself.
    """

    bron: str | None
    beeld: Beeld
    regels: tuple[str, ...] = ()


def lees(aanroeper: Aanroeper, klant: Klant | None) -> Registeradres:
    """BREG2, REG-5: het adres in het register, met een logregel vóór de vraag (P11).

    Call it outside a transaction. Raises NietVastgelegd; then nothing was asked.
    """
    if klant is None or not klant.gevalideerd:
        return Registeradres(None, Beeld.NIETS)
    identiteit = ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index)
    if identiteit.soort not in VRAGEN:
        return Registeradres(None, Beeld.NIETS)
    bron, activiteit, vraag = VRAGEN[identiteit.soort]
    if not settings.DOELEN[aanroeper.doel].get("registeradres", False):
        return Registeradres(bron, Beeld.UIT)
    _leg_vast(aanroeper, klant, activiteit)
    beeld, regels = vraag(identiteit)
    return Registeradres(bron, beeld, regels)


def _leg_vast(aanroeper: Aanroeper, klant: Klant, activiteit: Activiteit) -> None:
    gebruik = Gebruik(
        activiteit=activiteit,
        naam=NAAM,
        doel=aanroeper.doeltekst,
        gegevens=["registeradres"],
        spoor=aanroeper.spoor,
    )
    with transaction.atomic():
        leg_gebruik_vast([klant.pk], gebruik=gebruik, door=aanroeper.gebruiker(), op=aanroeper.op)


def _van_persoon(identiteit: Identiteit) -> tuple[Beeld, tuple[str, ...]]:
    """Where the municipality found that someone does not live, no letter goes."""
    mens: Getoond[Persoon] = basisgegevens.persoon(identiteit)
    if mens.waarde is None:
        return mens.beeld, ()
    if mens.waarde.woont_niet_op_adres or not mens.waarde.adresregels:
        return Beeld.NIETS, ()
    land = (mens.waarde.land,) if mens.waarde.land else ()
    return mens.beeld, (*mens.waarde.adresregels, *land)


def _van_onderneming(identiteit: Identiteit) -> tuple[Beeld, tuple[str, ...]]:
    """A shielded address is for the company's own eyes."""
    zaak: Getoond[Onderneming] = basisgegevens.onderneming(identiteit)
    if zaak.waarde is None:
        return zaak.beeld, ()
    if zaak.waarde.afgeschermd or not zaak.waarde.adresregels:
        return Beeld.NIETS, ()
    return zaak.beeld, zaak.waarde.adresregels


def _van_vestiging(identiteit: Identiteit) -> tuple[Beeld, tuple[str, ...]]:
    plek: Getoond[Vestiging] = basisgegevens.vestiging(identiteit)
    if plek.waarde is None:
        return plek.beeld, ()
    return (plek.beeld, (plek.waarde.adres,)) if plek.waarde.adres else (Beeld.NIETS, ())


Lees = Callable[[Identiteit], tuple[Beeld, tuple[str, ...]]]
VRAGEN: dict[Soort, tuple[str, Activiteit, Lees]] = {
    Soort.BSN: (BRP, Activiteit.BRP_BEVRAGEN, _van_persoon),
    Soort.KVK: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_onderneming),
    Soort.RSIN: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_onderneming),
    Soort.VESTIGING: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_vestiging),
}
