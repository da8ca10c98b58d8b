"""Van belofte naar verzonden: pak, verzend, wis; bij pech later opnieuw."""

import json
import logging
from datetime import datetime, timedelta

from django.db.models import F, Q

from accounts.zegel import ontzegel
from portal.berichten.klaarzetten import DOEL
from portal.berichten.models import Bericht
from portal.berichten.wegen import NietBezorgbaar, Post, weg_voor

logger = logging.getLogger(__name__)

WACHT_S = (60, 120, 240, 480, 900, 1800, 3600)
"""Seconden tot de volgende poging; de laatste herhaalt zich. Langer dan één poging ooit duurt."""


def verzend_een(op: datetime) -> bool:
    """Verzend het oudste wachtende bericht; geef False als er geen te verzenden is.

    The attempt is committed before the sending starts: after a crash the message goes out again
    when `volgende_op` comes, never zero times. No row lock is held during the network call.
    """
    bericht = _pak(op)
    if bericht is None:
        return False
    try:
        weg_voor(bericht.kanaal)(_post_van(bericht))
    except NietBezorgbaar:
        _rond_af(bericht, Bericht.Stand.OPGEGEVEN, op)
    except Exception as fout:  # noqa: BLE001 - one message never holds up the others
        logger.warning("bericht niet verzonden", extra=_regel(bericht, type(fout).__name__))
    else:
        _rond_af(bericht, Bericht.Stand.VERZONDEN, op)
    return True


def geef_op(op: datetime) -> int:
    """Wis wat te laat is om nog te verzenden; geef hoeveel dat er waren."""
    te_laat = Bericht.objects.filter(stand=Bericht.Stand.WACHT, geldig_tot__lte=op)
    aantal = 0
    for bericht in te_laat:
        aantal += _rond_af(bericht, Bericht.Stand.OPGEGEVEN, op)
    return aantal


def ruim_op(op: datetime) -> int:
    """Verwijder afgeronde rijen na 30 dagen; er stond al niets meer van een mens in."""
    return Bericht.objects.filter(afgerond_op__lte=op - timedelta(days=30)).delete()[0]


def _pak(op: datetime) -> Bericht | None:
    """Neem één bericht zo dat geen ander het ook neemt: wie de rij verschuift, heeft haar."""
    te_doen = Bericht.objects.filter(
        stand=Bericht.Stand.WACHT, volgende_op__lte=op, geldig_tot__gt=op
    ).order_by("volgende_op")
    for bericht in te_doen[:20]:
        wacht = WACHT_S[min(bericht.pogingen, len(WACHT_S) - 1)]
        genomen = Bericht.objects.filter(
            Q(pk=bericht.pk, stand=Bericht.Stand.WACHT, volgende_op=bericht.volgende_op)
        ).update(volgende_op=op + timedelta(seconds=wacht), pogingen=F("pogingen") + 1)
        if genomen:
            bericht.pogingen += 1
            return bericht
    return None


def _post_van(bericht: Bericht) -> Post:
    inhoud = json.loads(ontzegel(bericht.inhoud_verzegeld, DOEL))
    return Post(kenmerk=str(bericht.pk), **inhoud)


def _rond_af(bericht: Bericht, stand: Bericht.Stand, op: datetime) -> int:
    genomen = Bericht.objects.filter(pk=bericht.pk, stand=Bericht.Stand.WACHT).update(
        stand=stand, inhoud_verzegeld="", afgerond_op=op
    )
    if genomen and stand == Bericht.Stand.OPGEGEVEN:
        logger.error("bericht opgegeven", extra=_regel(bericht, "niet bezorgbaar of te laat"))
    return genomen


def _regel(bericht: Bericht, reden: str) -> dict[str, object]:
    return {
        "kenmerk": str(bericht.pk),
        "soort": bericht.soort,
        "kanaal": bericht.kanaal,
        "pogingen": bericht.pogingen,
        "reden": reden,
    }
