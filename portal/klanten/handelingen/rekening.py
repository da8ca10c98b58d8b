"""Het rekeningnummer wijzigen, met een afkoeling voor het ingaat."""

import datetime as dt
from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.berichten import schrijf_aan_alle
from portal.klanten.handelingen.dossiers import voer_verwijdering_uit
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Gebeurtenis, Rekeningnummer
from portal.klanten.regels import (
    AFKOELING,
    Berichtsoort,
    NietGevonden,
    NieuwRekeningnummer,
    Stand,
    Uitkomst,
)

VELD = "rekeningnummer"


def wijzig_rekeningnummer(
    klant_id: UUID | None,
    *,
    rekening: NieuwRekeningnummer,
    afkoeling: dt.timedelta = AFKOELING,
    **gang: Unpack[Gang],
) -> Uitkomst:
    """GEG1: het eerste nummer geldt meteen; elk volgend pas na `afkoeling`, ook na verwijderen.

    Raises IntussenGewijzigd when the account changed after version `gezien`.
    """

    def zet_rekening(beurt: Beurt) -> UUID:
        beurt.eis_gezien(VELD)
        return zet(beurt, rekening, afkoeling=afkoeling)

    return voer_uit(
        klant_id, zet_rekening, handeling="wijzig_rekeningnummer", inhoud=rekening, gang=gang
    )


def verwijder_rekeningnummer(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: dit rekeningnummer (in gebruik, of het voorstel) weg, ook uit de geschiedenis."""

    def haal_weg(beurt: Beurt) -> None:
        rij = Rekeningnummer.objects.filter(klant=beurt.klant, pk=waarde).first()
        if rij is None:
            raise NietGevonden
        beurt.eis_rij_gezien(rij)
        beurt.verwijder(VELD, rij)

    return voer_verwijdering_uit(
        klant_id, haal_weg, handeling="verwijder_rekeningnummer", inhoud=waarde, gang=gang
    )


def wacht_met_ingaan(klant_id: UUID) -> bool:
    """Of een ander nummer eerst afkoelt: wel als er ooit een was, ook als dat is verwijderd."""
    eerder = Gebeurtenis.objects.filter(onderwerp=klant_id, velden__contains=[VELD])
    return eerder.exists()


def zet(beurt: Beurt, rekening: NieuwRekeningnummer, *, afkoeling: dt.timedelta) -> UUID:
    """Schrijf het rekeningnummer in een lopende beurt; een wachtend voorstel vervalt."""
    bekend = {rij.stand: rij for rij in Rekeningnummer.objects.filter(klant=beurt.klant)}
    nu, voorstel = bekend.get(Stand.IN_GEBRUIK), bekend.get(Stand.VOORGESTELD)
    if voorstel:
        beurt.vernietig(VELD, voorstel)
    if nu and vars(rekening).items() <= vars(nu).items():
        return nu.pk
    wacht = wacht_met_ingaan(beurt.klant.pk)
    rij = Rekeningnummer(
        klant=beurt.klant,
        stand=Stand.VOORGESTELD if wacht else Stand.IN_GEBRUIK,
        ingaat_op=beurt.herkomst.op + (afkoeling if wacht else dt.timedelta()),
        **vars(rekening),
    )
    beurt.geef_herkomst(rij)
    rij.save()
    beurt.noteer(VELD, rij=rij, oud=nu.tekst() if nu else "", nieuw=rij.tekst())
    schrijf_aan_alle(
        beurt.klant,
        Berichtsoort.REKENINGNUMMER_GEWIJZIGD,
        op=beurt.herkomst.op,
        inhoud={"ingaat_op": rij.ingaat_op.isoformat()},
    )
    return rij.pk
