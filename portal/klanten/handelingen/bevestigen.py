"""Een voorgesteld adres bevestigen met de code die erheen ging."""

import datetime as dt
from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen import codes
from portal.klanten.handelingen.adressen import OVERGENOMEN, bewaar_vorige
from portal.klanten.handelingen.berichten import schrijf_aan
from portal.klanten.handelingen.transactie import Beurt, Gang, al_gedaan, voer_uit
from portal.klanten.models import Code, DigitaalAdres, Gebeurtenis, Klant, Waarde
from portal.klanten.regels import (
    Berichtsoort,
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
    if adres is not None and not al_gedaan(gang):
        doel = Codedoel.BEVESTIGEN
        rij = codes.eis_code(adres, doel, code, door=gang["door"], op=gang["op"])

    def neem_in_gebruik(beurt: Beurt) -> UUID:
        voorstel = DigitaalAdres.objects.filter(klant=beurt.klant, pk=waarde).first()
        if voorstel is None or rij is None:
            raise NietGevonden
        codes.gebruik(rij, op=gang["op"])
        beurt.soort = Gebeurtenis.Soort.BEVESTIGD
        beurt.velden.add(voorstel.soort)
        return _in_gebruik(beurt, voorstel).pk

    return voer_uit(klant_id, neem_in_gebruik, inhoud=waarde, gang=gang)


def stuur_code_opnieuw(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """Stuur een nieuwe code naar het voorgestelde adres. Raises TeVaak, NietGevonden."""

    def stuur(beurt: Beurt) -> UUID:
        adres = _voorstel(klant_id, waarde, gang)
        if adres is None:
            raise NietGevonden
        codes.stuur_code(adres, Codedoel.BEVESTIGEN, door=gang["door"], op=gang["op"])
        return adres.pk

    return voer_uit(klant_id, stuur, inhoud=waarde, gang=gang)


def _voorstel(klant_id: UUID, waarde: UUID, gang: Gang) -> DigitaalAdres | None:
    return DigitaalAdres.objects.filter(
        klant__in=Klant.objects.van(gang["door"]).filter(pk=klant_id),
        pk=waarde,
        stand=Stand.VOORGESTELD,
    ).first()


def _in_gebruik(beurt: Beurt, voorstel: DigitaalAdres) -> DigitaalAdres:
    """Zet het voorstel op de plaats van wat het vervangt, of maak er een eigen adres van."""
    rij = voorstel.vervangt
    if rij is None:
        rij = voorstel
        eerste = not DigitaalAdres.objects.filter(
            klant=beurt.klant, soort=rij.soort, standaard=True
        ).exists()
        rij.standaard = eerste
        _vertel_van_nieuw(rij, op=beurt.herkomst.op)
    else:
        token = bewaar_vorige(rij, op=beurt.herkomst.op)
        _vertel(rij, rij.soort, token, op=beurt.herkomst.op)
        _neem_over(rij, voorstel)
    rij.stand, rij.versie = Stand.IN_GEBRUIK, beurt.versie
    rij.bevestigd_op, rij.bevestigd_wijze = beurt.herkomst.op, "code"
    rij.save()
    return rij


def _vertel_van_nieuw(rij: DigitaalAdres, *, op: dt.datetime) -> None:
    """Wie al bevestigd was hoort van een adres erbij, elk met een eigen link die het weghaalt."""
    anderen = DigitaalAdres.objects.in_gebruik().filter(klant=rij.klant)
    for ander in anderen.exclude(pk=rij.pk).exclude(bevestigd_op=None):
        token = bewaar_vorige(rij, op=op, bestond=False)
        _vertel(ander, rij.soort, token, op=op)


def _vertel(aan: DigitaalAdres, gegeven: str, token: str, *, op: dt.datetime) -> None:
    inhoud = {"token": token, "gegeven": gegeven}
    schrijf_aan(aan, Berichtsoort.CONTACTGEGEVEN_GEWIJZIGD, op=op, inhoud=inhoud)


def _neem_over(rij: DigitaalAdres, voorstel: DigitaalAdres) -> None:
    """De rij houdt haar id, en krijgt de waarde, herkomst en geschiedenis van het voorstel."""
    for veld in OVERGENOMEN:
        setattr(rij, veld, getattr(voorstel, veld))
    Waarde.objects.filter(klant=rij.klant, waarde=voorstel.pk).update(waarde=rij.pk)
    voorstel.delete()
