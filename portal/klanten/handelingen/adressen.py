"""De rijen van e-mailadressen en telefoonnummers, binnen een lopende beurt."""

import datetime as dt
import json

from accounts.zegel import verzegel
from portal.klanten.handelingen.codes import stuur_code
from portal.klanten.handelingen.transactie import Beurt
from portal.klanten.models import DigitaalAdres, Herstel
from portal.klanten.regels import (
    HERSTELLEN_BINNEN,
    HOOGUIT_PER_SOORT,
    Authenticatie,
    BestaatAl,
    Codedoel,
    NieuwDigitaalAdres,
    Stand,
    Teveel,
    nieuw_token,
)

OVERGENOMEN = (
    "waarde",
    "omschrijving",
    "gegeven_door",
    "middel",
    "niveau",
    "gegeven_op",
    "gegeven_via",
)
HERSTELBAAR = (*OVERGENOMEN, "standaard", "bevestigd_op", "bevestigd_wijze")
MOMENTEN = ("gegeven_op", "bevestigd_op")
HERSTELDOEL = "klanten.herstel"


def stel_adres_voor(
    beurt: Beurt,
    adres: NieuwDigitaalAdres,
    *,
    door: Authenticatie,
    vervangt: DigitaalAdres | None = None,
) -> DigitaalAdres:
    """Schrijf een voorstel in een lopende beurt en stuur er een code heen. Raises TeVaak."""
    eigen = DigitaalAdres.objects.filter(klant=beurt.klant, soort=adres.soort)
    if any(rij.waarde.casefold() == adres.waarde.casefold() for rij in eigen):
        raise BestaatAl(veld="waarde")
    if len(eigen) >= HOOGUIT_PER_SOORT:
        raise Teveel(veld="waarde")
    rij = DigitaalAdres(
        klant=beurt.klant,
        soort=adres.soort,
        waarde=adres.waarde,
        omschrijving=adres.omschrijving,
        stand=Stand.VOORGESTELD,
        vervangt=vervangt,
    )
    beurt.geef_herkomst(rij)
    rij.save()
    oud = vervangt.tekst() if vervangt else ""
    beurt.noteer(adres.soort, rij=rij, oud=oud, nieuw=rij.tekst())
    stuur_code(rij, Codedoel.BEVESTIGEN, door=door, op=beurt.herkomst.op)
    return rij


def maak_tot_standaard(beurt: Beurt, rij: DigitaalAdres) -> None:
    """Maak een adres in gebruik de standaard van zijn soort, binnen een lopende beurt."""
    DigitaalAdres.objects.filter(klant=beurt.klant, soort=rij.soort, standaard=True).update(
        standaard=False, versie=beurt.versie
    )
    rij.standaard, rij.versie = True, beurt.versie
    rij.save(update_fields=["standaard", "versie"])
    beurt.velden.add(rij.soort)


def verwijder(beurt: Beurt, rij: DigitaalAdres) -> None:
    """Vernietig een adres met wat het zou vervangen, en wijs zo nodig een nieuwe standaard aan."""
    soort, was_standaard = rij.soort, rij.standaard
    for voorstel in DigitaalAdres.objects.filter(vervangt=rij):
        beurt.vernietig(soort, voorstel)
    beurt.verwijder(soort, rij)
    volgende = (
        DigitaalAdres.objects.in_gebruik()
        .filter(klant=beurt.klant, soort=soort)
        .order_by("gegeven_op", "id")
        .first()
    )
    if was_standaard and volgende:
        maak_tot_standaard(beurt, volgende)


def bewaar_vorige(rij: DigitaalAdres, *, op: dt.datetime, bestond: bool = True) -> str:
    """Bewaar dit adres tien dagen verzegeld; geeft het token van de link die het terugzet.

    Was it not there before (`bestond` False), then the link takes it away again.
    """
    token = nieuw_token()
    velden = {veld: getattr(rij, veld) for veld in HERSTELBAAR}
    velden |= {veld: velden[veld] and velden[veld].isoformat() for veld in MOMENTEN}
    inhoud = json.dumps(velden if bestond else None)
    Herstel.objects.create(
        klant=rij.klant,
        waarde=rij.pk,
        soort=rij.soort,
        token_afdruk=Herstel.afdruk_van(token),
        vorige_verzegeld=verzegel(inhoud, HERSTELDOEL, hoort_bij=str(rij.pk)),
        gemaakt_op=op,
        verloopt_op=op + HERSTELLEN_BINNEN,
    )
    return token
