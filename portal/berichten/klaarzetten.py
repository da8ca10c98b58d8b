"""Een bericht beloven: een verzegelde rij in de transactie van de handeling, en een wekker."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from accounts.zegel import verzegel
from portal.berichten.models import Bericht
from portal.berichten.opstellen import stel_op

DOEL = "berichten.inhoud"


def zet_klaar(
    *,
    soort: str,
    kanaal: str,
    aan: str,
    taal: str,
    gegevens: Mapping[str, object],
    op: datetime,
    geldig_tot: datetime,
) -> Bericht:
    """Beloof een bericht aan `aan`; vast bij COMMIT, verzonden door een werker tot `geldig_tot`."""
    onderwerp, tekst = stel_op(soort, kanaal, taal, gegevens)
    inhoud = json.dumps({"aan": aan, "onderwerp": onderwerp, "tekst": tekst})
    bericht = Bericht.objects.create(
        soort=soort,
        kanaal=kanaal,
        inhoud_verzegeld=verzegel(inhoud, DOEL),
        gemaakt_op=op,
        volgende_op=op,
        geldig_tot=geldig_tot,
    )
    transaction.on_commit(wek, robust=True)
    return bericht


def wek() -> None:
    """Wek de werker; mislukt dat, dan vindt de veger van elke minuut het bericht alsnog."""
    from portal.berichten.tasks import verzend_wachtende

    with suppress(AlreadyEnqueued):
        verzend_wachtende.configure(queueing_lock="berichten.verzend").defer()
