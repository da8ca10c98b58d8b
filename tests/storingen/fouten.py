"""De drie fouten die de controle moet zien, om te planten in een gevorkt proces.

With these the small tests (test_drie_fouten.py) go red in seconds; the same faults in the code, and
the whole storm over HTTP, are for `make mutanten LIJST=storm`. `traag_hek` is no fault: it widens
the moment in which a wake-up could get lost (test_wekken.py).
"""

import asyncio
import datetime as dt
import urllib.request
from contextlib import suppress

from django.db import connection

from portal.klanten.gevolgen import bij_elke_gebeurtenis
from portal.webhooks.afzender import afzender, herkomst
from portal.webhooks.bericht import Feiten, bericht, webhook_id
from portal.webhooks.bezorging import koppen
from portal.webhooks.geheimen import geheim_van
from portal.webhooks.models import Bezorging
from portal.webhooks.pomp import pomp
from portal.webhooks.pomp.pomp import Pomp
from portal.webhooks.pomp.slot import Slot

TREUZEL = 0.1


def zonder_volgorde():
    """Een baan wacht niet tot het vorige bericht bevestigd is."""

    async def baan(zelf, werk):
        await asyncio.gather(*(zelf._probeer(werk, kop) for kop in werk.koppen))

    Pomp._baan = baan


def voor_commit():
    """Wat gebeurt gaat meteen de deur uit, in de transactie nog."""
    bij_elke_gebeurtenis("zy-verstuur-meteen", verstuur_meteen)


def verstuur_meteen(gebeurtenis):
    """Post elk bericht over deze gebeurtenis, en noem het bezorgd."""
    for rij in Bezorging.objects.filter(gebeurtenis=gebeurtenis).select_related("abonnement"):
        feiten = Feiten(
            abonnement=rij.abonnement.uuid,
            onderwerp=rij.onderwerp,
            volgnummer=rij.volgnummer,
            gebeurtenis=gebeurtenis.pk,
            soort=gebeurtenis.soort,
            subjectsoort=gebeurtenis.subjectsoort,
            gebeurd_op=gebeurtenis.gebeurd_op,
            versie=gebeurtenis.versie,
            velden=tuple(gebeurtenis.velden),
        )
        _post(rij, feiten)
        rij.stand = "bezorgd"
        rij.save(update_fields=["stand"])
    with connection.cursor() as cursor:
        cursor.execute(
            "update webhooks_baan set openstaand = 0 where onderwerp = %s", [gebeurtenis.onderwerp]
        )


def _post(rij, feiten):
    inhoud = bericht(feiten, afzender())
    regels = koppen(
        id_=webhook_id(rij.abonnement.uuid, feiten.id),
        op=dt.datetime.now(dt.UTC),
        inhoud=inhoud,
        herkomst=herkomst(),
        geheimen=[geheim_van(g.waarde_verzegeld) for g in rij.abonnement.geheimen.all()],
    )
    url = rij.abonnement.url
    vraag = urllib.request.Request(url, data=inhoud, headers=regels)  # noqa: S310 - onze ontvanger
    with suppress(OSError):
        urllib.request.urlopen(vraag, timeout=1)  # noqa: S310 - idem


def traag_hek():
    """Een pomp houdt snel op, en het openen van haar hek duurt lang."""
    open_hek = Slot.geef_terug

    async def langzaam(slot, abonnement):
        await asyncio.sleep(0.3)
        await open_hek(slot, abonnement)

    pomp.TREUZEL, Slot.geef_terug = TREUZEL, langzaam


FOUTEN = {
    "zonder-volgorde": zonder_volgorde,
    "voor-commit": voor_commit,
    "traag-hek": traag_hek,
}
