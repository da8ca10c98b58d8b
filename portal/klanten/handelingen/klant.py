"""De klant zelf: registreren en verwijderen."""

from collections.abc import Sequence
from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen import naam, postadres, rekening, voorkeuren
from portal.klanten.handelingen.adressen import stel_adres_voor
from portal.klanten.handelingen.berichten import schrijf_aan_alle
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import (
    AFKOELING,
    Authenticatie,
    Berichtsoort,
    NieuwBuitenlandsAdres,
    NieuwDigitaalAdres,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    Uitkomst,
    eis_ongewijzigd,
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

    return voer_uit(None, vul, inhoud=list(waarden), gang=gang)


def verwijder_klant(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: alle waarden vernietigd; de laatste Gebeurtenis blijft als grafsteen zonder waarden.

    Raises IntussenGewijzigd when anything changed after version `gezien`.
    """

    def haal_weg(beurt: Beurt) -> None:
        eis_ongewijzigd(gezien=beurt.gezien, gewijzigd=beurt.klant.versie)
        beurt.soort = Gebeurtenis.Soort.VERWIJDERD
        inhoud = {"verwijderd_op": gang["op"].isoformat()}
        soort = Berichtsoort.KLANT_VERWIJDERD
        schrijf_aan_alle(beurt.klant, soort, op=gang["op"], inhoud=inhoud)

    return voer_uit(klant_id, haal_weg, inhoud=None, gang=gang)


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
