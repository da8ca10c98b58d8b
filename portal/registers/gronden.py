"""Bewaargronden bijhouden uit zaken: alleen voor klanten die verwijderd wilden worden.

Whoever never asked to be deleted is not looked up: no question without a reason.
"""

import logging
from datetime import datetime
from uuid import UUID

from accounts.identiteit import ontzegel_identiteit
from accounts.zegel import Onleesbaar
from portal.klanten import handelingen
from portal.klanten.handelingen.dossiers import ZAKEN
from portal.klanten.models import Bewaargrond, Klant
from portal.klanten.regels import NietGevonden, Zaak
from portal.registers import instellingen, zaken
from portal.registers.verbinding import Buurstoring, Onbereikbaar

logger = logging.getLogger(__name__)


def controleer(op: datetime) -> int:
    """Ask again for everyone who waits or is held; return for how many it succeeded.

    A source that does not answer stops the round: the next one comes in an hour. Without a source
    nothing changes: that may be a setting that was lost.
    """
    if not instellingen.is_gekoppeld("zaken"):
        return 0
    wachtend = handelingen.wachtende_verwijderingen()
    vast = _vastgehouden()
    gelukt = 0
    for klant in [*wachtend, *(klant for klant in vast if klant not in set(wachtend))]:
        try:
            gelukt += werk_bij(klant, op=op)
        except Onbereikbaar:
            break
        except Buurstoring as storing:
            logger.warning("gronden.uitgesteld", extra={"reden": storing.reden})
    return gelukt


def controleer_zaak(sleutel: str, op: datetime) -> int:
    """A zaak changed: ask again for the klanten whom it holds, or for all when it is gone."""
    if not (instellingen.is_gekoppeld("zaken") and _vastgehouden()):
        return 0
    kenmerk = zaken.kenmerk_van(sleutel)
    if kenmerk is None:
        return controleer(op)
    gronden = Bewaargrond.objects.filter(bron=ZAKEN, kenmerk=kenmerk)
    return sum(werk_bij(klant, op=op) for klant in set(gronden.values_list("klant_id", flat=True)))


def werk_bij(klant_id: UUID, *, op: datetime) -> bool:
    """Bring the gronden of one klant up to date, or carry out the deletion that waited.

    Raises Buurstoring. Returns False when the klant is gone meanwhile.
    """
    klant = Klant.objects.filter(pk=klant_id).exclude(subject_verzegeld="").first()
    if klant is None:
        return False
    try:
        identiteit = ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index)
    except Onleesbaar:
        logger.error("gronden.onleesbaar", extra={"klant": str(klant_id)})
        return False
    gevonden = zaken.zaken_van(identiteit)
    try:
        if klant.verwijdering_gevraagd_op and not klant.inactief_op:
            handelingen.hervat_verwijdering(klant_id, zaken=gevonden, op=op)
        else:
            handelingen.werk_gronden_bij(klant_id, zaken=gevonden, op=op)
    except NietGevonden:
        return False
    return True


def zaken_bij(klant_id: UUID) -> tuple[Zaak, ...] | None:
    """Wat er loopt voor deze klant, voor er iets weggaat; None als de bron nu niet antwoordt.

    Nor does a source that is not there any more: what it said of this klant still stands.
    """
    klant = Klant.objects.filter(pk=klant_id).exclude(subject_verzegeld="").first()
    if klant is None:
        return ()
    if not instellingen.is_gekoppeld("zaken"):
        return None if klant.bewaargronden.filter(bron=ZAKEN).exists() else ()
    try:
        identiteit = ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index)
    except Onleesbaar:
        logger.error("gronden.onleesbaar", extra={"klant": str(klant_id)})
        return None
    return zaken.zaken_of_niets(identiteit)


def _vastgehouden() -> list[UUID]:
    """Klanten with a grond from zaken; the oldest answer first."""
    rijen = Bewaargrond.objects.filter(bron=ZAKEN).order_by("opgegeven_op")
    return list(dict.fromkeys(rijen.values_list("klant_id", flat=True)))
