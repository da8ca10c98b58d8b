"""Een voorgesteld adres bevestigen met de code die erheen ging."""

from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen import codes
from portal.klanten.handelingen.adressen import stel_in_gebruik
from portal.klanten.handelingen.sleutels import al_gedaan
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Code, DigitaalAdres, Gebeurtenis, Klant
from portal.klanten.regels import (
    Codedoel,
    NietGevonden,
    Stand,
    Uitkomst,
    eis_voldoende_betrouwbaar,
)


def bevestig(klant_id: UUID, *, waarde: UUID, code: str, **gang: Unpack[Gang]) -> Uitkomst:
    """Neem het voorgestelde adres in gebruik; wat het vervangt hoort ervan, met een herstellink.

    Raises VerkeerdeCode (each try counts), NietGevonden.
    """
    eis_voldoende_betrouwbaar(gang["door"])
    adres = _voorstel(klant_id, waarde, gang)
    rij: Code | None = None
    if adres is not None and not al_gedaan(gang["sleutel"]):
        doel = Codedoel.BEVESTIGEN
        rij = codes.eis_code(adres, doel, code, door=gang["door"], op=gang["op"])

    def neem_in_gebruik(beurt: Beurt) -> UUID:
        voorstel = DigitaalAdres.objects.filter(klant=beurt.klant, pk=waarde).first()
        if voorstel is None or rij is None:
            raise NietGevonden
        codes.gebruik(rij, op=gang["op"])
        beurt.soort = Gebeurtenis.Soort.BEVESTIGD
        return stel_in_gebruik(beurt, voorstel, wijze="code").pk

    return voer_uit(klant_id, neem_in_gebruik, handeling="bevestig", inhoud=waarde, gang=gang)


def stuur_code_opnieuw(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """Stuur een nieuwe code naar het voorgestelde adres. Raises TeVaak, NietGevonden."""

    def stuur(beurt: Beurt) -> UUID:
        adres = _voorstel(klant_id, waarde, gang)
        if adres is None:
            raise NietGevonden
        codes.stuur_code(adres, Codedoel.BEVESTIGEN, door=gang["door"], op=gang["op"])
        return adres.pk

    return voer_uit(klant_id, stuur, handeling="stuur_code_opnieuw", inhoud=waarde, gang=gang)


def _voorstel(klant_id: UUID, waarde: UUID, gang: Gang) -> DigitaalAdres | None:
    return DigitaalAdres.objects.filter(
        klant__in=Klant.objects.van(gang["door"]).filter(pk=klant_id),
        pk=waarde,
        stand=Stand.VOORGESTELD,
    ).first()
