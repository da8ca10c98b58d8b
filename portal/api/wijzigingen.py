"""De feed: wat er veranderde, op volgorde, zonder een trage transactie over te slaan."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from portal.api import cursor
from portal.api.api import json_antwoord
from portal.api.fouten import Fout
from portal.api.klanten import BLADZIJDE, Cursor, Grootte
from portal.api.rechten import Scope
from portal.api.toegang.geschiedenis import BEGIN, Plaats, wijzigingen
from portal.api.toegang.interacties import tijd
from portal.api.toegang.wie import Recht, aanroeper_van
from portal.api.vormen.wijzigingen import WijzigingenUit
from portal.klanten.regels import GEBEURTENIS_BEWAREN

router = Router(tags=["wijzigingen"], by_alias=True)
SOORT = "wijzigingen"


@router.get(
    "/wijzigingen",
    response=WijzigingenUit,
    auth=Recht(Scope.WIJZIGINGEN_LEZEN, vraagt=BLADZIJDE),
    operation_id="wijzigingenLijst",
    summary="Wat er veranderde sinds uw cursor",
    openapi_extra={"x-weigeringen": [410]},
)
def lijst(request: HttpRequest, cursor_: Cursor = None, grootte: Grootte = 20) -> HttpResponse:
    """Zonder waarden; per klant op volgorde van `versie`. Bij 410 leest u de lijst opnieuw."""
    plaats = _plaats(cursor_) if cursor_ else BEGIN
    rijen = wijzigingen(aanroeper_van(request), plaats, grootte)
    if rijen:
        laatste = rijen[-1]
        plaats = (laatste.transactie, str(laatste.onderwerp), laatste.versie)
    volgende = cursor.maak(SOORT, settings.PORTAAL_EPOCH, *plaats, int(time.time()))
    vormen = [
        {
            "id": str(rij.id),
            "soort": rij.soort,
            "onderwerp": str(rij.onderwerp),
            "subjectsoort": rij.subjectsoort,
            "versie": rij.versie,
            "velden": rij.velden,
            "gebeurdOp": tijd(rij.gebeurd_op),
        }
        for rij in rijen
    ]
    return json_antwoord({"wijzigingen": vormen, "volgende": volgende})


def _plaats(tekst: str) -> Plaats:
    """Where the page before ended; older than events are kept is 410 (besluiten 14).

    After a restore numbers of transactions are given out again, and a place from before it would
    pass over them: 410 too, as for a cursor that names no epoch (docs/besluiten/0146).
    """
    match cursor.lees(SOORT, tekst):
        case [settings.PORTAAL_EPOCH, transactie, onderwerp, versie, gegeven_op]:
            pass
        case _:
            raise Fout(
                "lees-alles-opnieuw", "Sinds deze cursor is het portaal teruggezet of bijgewerkt."
            )
    if time.time() - gegeven_op > GEBEURTENIS_BEWAREN.total_seconds():
        raise Fout("lees-alles-opnieuw")
    return transactie, onderwerp, versie
