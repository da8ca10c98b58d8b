"""De klant zelf: registreren, laten weten dat men er nog is, en een waarde van elke soort."""

import datetime as dt
from collections.abc import Sequence
from typing import Unpack

from portal.klanten.handelingen import naam, postadres, rekening, voorkeuren
from portal.klanten.handelingen.adressen import stel_adres_voor
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Klant
from portal.klanten.regels import (
    AFKOELING,
    Authenticatie,
    NieuwBuitenlandsAdres,
    NieuwDigitaalAdres,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    Uitkomst,
)

NieuweWaarde = (
    NieuweNaam
    | NieuwDigitaalAdres
    | NieuwPostadres
    | NieuwBuitenlandsAdres
    | NieuwRekeningnummer
    | NieuweVoorkeur
)


def registreer_klant(*, waarden: Sequence[NieuweWaarde] = (), **gang: Unpack[Gang]) -> Uitkomst:
    """DOEL1: een nieuwe gevalideerde klant met deze waarden (mag leeg zijn), in één Gebeurtenis.

    A company gets another contact point; a person who has one raises GevalideerdeKlantBestaat.
    """

    def vul(beurt: Beurt) -> None:
        for waarde in waarden:
            schrijf(beurt, waarde, door=gang["door"])

    return voer_uit(None, vul, handeling="registreer_klant", inhoud=list(waarden), gang=gang)


def laat_van_zich_horen(*, door: Authenticatie, op: dt.datetime) -> None:
    """Besluiten 22: ook wie alleen inlogt gebruikt zijn gegevens nog; hooguit één keer per dag.

    No change of the klant: no version, no Gebeurtenis. Call it at login.
    """
    oud = Klant.objects.van(door).filter(actief_op__lte=op - dt.timedelta(days=1), inactief_op=None)
    oud.update(actief_op=op, herinnerd_op=None, nogmaals_herinnerd_op=None)


def schrijf(beurt: Beurt, waarde: NieuweWaarde, *, door: Authenticatie) -> None:
    """Schrijf één nieuwe waarde, van welke soort ook, in een lopende beurt."""
    match waarde:
        case NieuweNaam():
            naam.zet(beurt, waarde)
        case NieuwDigitaalAdres():
            stel_adres_voor(beurt, waarde, door=door)
        case NieuwPostadres() | NieuwBuitenlandsAdres():
            postadres.zet(beurt, waarde)
        case NieuwRekeningnummer():
            rekening.zet(beurt, waarde, afkoeling=AFKOELING)
        case NieuweVoorkeur():
            voorkeuren.zet(beurt, waarde)
