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
from portal.registers.instellingen import is_gekoppeld
from portal.registers.kvk import Onderneming, Vestiging

NAAM = gettext_noop("Adres gelezen in een basisregistratie voor een systeem van de gemeente")
BRP, HANDELSREGISTER = "brp", "handelsregister"
BUREN = {BRP: "brp", HANDELSREGISTER: "kvk"}


@dataclass(frozen=True)
class Registeradres:
    """`bron`: which register holds the address; `beeld`: whether it could be read there now.

    UIT: the portal may not or cannot ask for this purpose, so the caller takes it there itself.
    `in_onderzoek`: the register doubts this address.
    """

    bron: str | None
    beeld: Beeld
    regels: tuple[str, ...] = ()
    in_onderzoek: bool = False


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
    if not is_gekoppeld(BUREN[bron]):
        return Registeradres(bron, Beeld.UIT)
    _leg_vast(aanroeper, klant, activiteit)
    return vraag(identiteit)


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


def _van_persoon(identiteit: Identiteit) -> Registeradres:
    """No letter goes where someone was found not to live, nor to who died or moved abroad."""
    gevonden: Getoond[Persoon] = basisgegevens.persoon(identiteit)
    mens = gevonden.waarde
    if mens is None:
        return Registeradres(BRP, gevonden.beeld)
    if mens.opgeschort or mens.woont_niet_op_adres or not mens.adresregels:
        return Registeradres(BRP, Beeld.NIETS)
    regels = (*mens.adresregels, mens.land) if mens.land else mens.adresregels
    return Registeradres(BRP, gevonden.beeld, regels, mens.adres_in_onderzoek)


def _van_onderneming(identiteit: Identiteit) -> Registeradres:
    """A shielded address is for the company's own eyes."""
    zaak: Getoond[Onderneming] = basisgegevens.onderneming(identiteit)
    if zaak.waarde is None:
        return Registeradres(HANDELSREGISTER, zaak.beeld)
    if zaak.waarde.afgeschermd or not zaak.waarde.adresregels:
        return Registeradres(HANDELSREGISTER, Beeld.NIETS)
    return Registeradres(HANDELSREGISTER, zaak.beeld, zaak.waarde.adresregels)


def _van_vestiging(identiteit: Identiteit) -> Registeradres:
    plek: Getoond[Vestiging] = basisgegevens.vestiging(identiteit)
    if plek.waarde is None:
        return Registeradres(HANDELSREGISTER, plek.beeld)
    if not plek.waarde.adres:
        return Registeradres(HANDELSREGISTER, Beeld.NIETS)
    return Registeradres(HANDELSREGISTER, plek.beeld, (plek.waarde.adres,))


Lees = Callable[[Identiteit], Registeradres]
VRAGEN: dict[Soort, tuple[str, Activiteit, Lees]] = {
    Soort.BSN: (BRP, Activiteit.BRP_BEVRAGEN, _van_persoon),
    Soort.KVK: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_onderneming),
    Soort.RSIN: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_onderneming),
    Soort.VESTIGING: (HANDELSREGISTER, Activiteit.KVK_BEVRAGEN, _van_vestiging),
}
