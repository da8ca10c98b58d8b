"""Voor iets weggaat: welke zaken hebben het nog nodig? Gevraagd vóór het slot en de transactie."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from portal.klanten import gevolgen
from portal.klanten.handelingen.sleutels import al_gedaan
from portal.klanten.handelingen.transactie import Beurt, Gang, Werk, voer_uit
from portal.klanten.models import Klant
from portal.klanten.regels import (
    BronZwijgt,
    NietGevonden,
    Uitkomst,
    Vasthouding,
    Zaak,
    dag,
    eis_voldoende_betrouwbaar,
    houdt_vast,
)

ZAKEN = "zaken"
"""De bron van gronden die uit zaken komen; een andere bron is het systeem dat ze opgaf."""


def zaken_nu(klant_id: UUID, gang: Gang) -> Sequence[Zaak] | None:
    """De zaken van de eigen klant, nu gevraagd; None als de bron zwijgt. Raises NietGevonden."""
    eis_voldoende_betrouwbaar(gang["door"])
    if al_gedaan(gang["sleutel"]):
        return ()
    if not Klant.objects.van(gang["door"]).filter(pk=klant_id).exists():
        raise NietGevonden
    return gevolgen.zaken_van(klant_id)


def voer_verwijdering_uit(
    klant_id: UUID, werk: Werk, *, handeling: str, inhoud: object, gang: Gang
) -> Uitkomst:
    """Doe `werk` (één waarde weg) met de gronden van nu. Raises BronZwijgt: dan gaat niets weg.

    What is digested of the form is written as ever: an older node may hold its key.
    """
    zaken = zaken_nu(klant_id, gang)
    if zaken is None:
        raise BronZwijgt

    def met_gronden(beurt: Beurt) -> UUID | None:
        ververs_gronden(beurt.klant, zaken, op=gang["op"])
        return werk(beurt)

    vast = (f"{handeling}.<locals>.haal_weg", inhoud)
    return voer_uit(
        klant_id, met_gronden, handeling="voer_verwijdering_uit", inhoud=vast, gang=gang
    )


def ververs_gronden(klant: Klant, zaken: Sequence[Zaak], *, op: dt.datetime) -> None:
    """OWN-3: de gronden uit zaken zijn precies die van nu; wat een ander opgaf blijft staan."""
    vast = [grond for zaak in zaken if (grond := houdt_vast(zaak, vandaag=dag(op)))]
    klant.bewaargronden.filter(bron=ZAKEN).delete()
    for grond in vast:
        schrijf_grond(klant, ZAKEN, grond, op=op)


def schrijf_grond(klant: Klant, bron: str, grond: Vasthouding, *, op: dt.datetime) -> None:
    """Schrijf een grond van deze bron, of werk die met hetzelfde kenmerk bij."""
    klant.bewaargronden.update_or_create(
        bron=bron,
        kenmerk=grond.kenmerk,
        defaults={
            "reden": grond.reden,
            "tot": grond.tot,
            "velden": list(grond.velden),
            "opgegeven_op": op,
        },
    )
