"""De rijen van e-mailadressen en telefoonnummers, binnen een lopende beurt."""

import datetime as dt
import json

from accounts.zegel import verzegel
from portal.klanten.handelingen.berichten import schrijf_aan
from portal.klanten.handelingen.codes import stuur_code
from portal.klanten.handelingen.transactie import Beurt
from portal.klanten.models import DigitaalAdres, Herstel, Klant, Waarde
from portal.klanten.regels import (
    HERSTELLEN_BINNEN,
    HOOGUIT_PER_SOORT,
    Authenticatie,
    Berichtsoort,
    BestaatAl,
    Codedoel,
    Contactsoort,
    NieuwDigitaalAdres,
    NieuwEmail,
    NieuwTelefoon,
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


def zoek_adres(
    klant: Klant, soort: str, waarde: str, *, behalve: DigitaalAdres | None = None
) -> DigitaalAdres | None:
    """Return the address of this klant with this value; capitals make no difference."""
    eigen = DigitaalAdres.objects.filter(klant=klant, soort=soort)
    eigen = eigen.exclude(pk=behalve.pk) if behalve else eigen
    return next((rij for rij in eigen if rij.waarde.casefold() == waarde.casefold()), None)


def als_nieuw(rij: DigitaalAdres) -> NieuwDigitaalAdres:
    """Return the stored address as the value object it came from."""
    soort = NieuwEmail if rij.soort == Contactsoort.EMAIL else NieuwTelefoon
    return soort(rij.waarde, rij.omschrijving)


def nieuw_voorstel(
    beurt: Beurt, adres: NieuwDigitaalAdres, *, vervangt: DigitaalAdres | None = None
) -> DigitaalAdres:
    """Schrijf een voorstel in een lopende beurt, zonder code. Raises BestaatAl, Teveel."""
    if zoek_adres(beurt.klant, adres.soort, adres.waarde):
        raise BestaatAl(veld="waarde")
    eigen = DigitaalAdres.objects.filter(klant=beurt.klant, soort=adres.soort)
    if eigen.count() >= HOOGUIT_PER_SOORT:
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
    return rij


def stel_adres_voor(
    beurt: Beurt,
    adres: NieuwDigitaalAdres,
    *,
    door: Authenticatie,
    vervangt: DigitaalAdres | None = None,
) -> DigitaalAdres:
    """Schrijf een voorstel en stuur er een code heen. Raises BestaatAl, Teveel, TeVaak."""
    rij = nieuw_voorstel(beurt, adres, vervangt=vervangt)
    stuur_code(rij, Codedoel.BEVESTIGEN, door=door, op=beurt.herkomst.op)
    return rij


def stel_in_gebruik(beurt: Beurt, voorstel: DigitaalAdres, *, wijze: str) -> DigitaalAdres:
    """Zet het voorstel op de plaats van wat het vervangt, of maak er een eigen adres van.

    `wijze` says how it was confirmed. Who was confirmed before hears of it, with a link that undoes
    it.
    """
    beurt.velden.add(voorstel.soort)
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
    rij.bevestigd_op, rij.bevestigd_wijze = beurt.herkomst.op, wijze
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


def maak_tot_standaard(beurt: Beurt, rij: DigitaalAdres) -> None:
    """Maak een adres in gebruik de standaard van zijn soort, binnen een lopende beurt."""
    DigitaalAdres.objects.filter(klant=beurt.klant, soort=rij.soort, standaard=True).update(
        standaard=False, versie=beurt.versie
    )
    rij.standaard, rij.versie = True, beurt.versie
    rij.save(update_fields=["standaard", "versie"])
    beurt.velden.add(rij.soort)


def verwijder_met_bericht(beurt: Beurt, rij: DigitaalAdres) -> None:
    """Vernietig een adres; was het bevestigd, dan hoort het dat zelf, met een herstellink."""
    if rij.bevestigd_op:
        token = bewaar_vorige(rij, op=beurt.herkomst.op)
        _vertel(rij, rij.soort, token, op=beurt.herkomst.op)
    verwijder(beurt, rij)


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
