"""E-mailadressen en telefoonnummers: voorstellen, kiezen en weghalen."""

from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import DigitaalAdres
from portal.klanten.regels import (
    HOOGUIT_PER_SOORT,
    BestaatAl,
    NietGevonden,
    NieuwDigitaalAdres,
    Stand,
    Teveel,
    Uitkomst,
)


def voeg_digitaal_adres_toe(
    klant_id: UUID | None, *, adres: NieuwDigitaalAdres, **gang: Unpack[Gang]
) -> Uitkomst:
    """GEG1: een nieuw e-mailadres of telefoonnummer, voorgesteld tot het bevestigd is.

    Raises BestaatAl when the klant has it already, Teveel above HOOGUIT_PER_SOORT.
    """

    def stel_voor(beurt: Beurt) -> UUID:
        return zet(beurt, adres)

    return voer_uit(klant_id, stel_voor, inhoud=adres, gang=gang)


def wijzig_digitaal_adres(
    klant_id: UUID, *, waarde: UUID, adres: NieuwDigitaalAdres, **gang: Unpack[Gang]
) -> Uitkomst:
    """Een ander adres in plaats van `waarde`, dat in gebruik blijft tot het nieuwe bevestigd is.

    With only another `omschrijving` it takes effect at once. Raises NietGevonden,
    IntussenGewijzigd, BestaatAl.
    """

    def vervang(beurt: Beurt) -> UUID:
        rij = _eigen(beurt, waarde)
        beurt.eis_rij_gezien(rij)
        if rij.soort != adres.soort:
            raise NietGevonden
        if rij.waarde == adres.waarde:
            return _omschrijf(beurt, rij, adres.omschrijving)
        if rij.stand == Stand.VOORGESTELD:
            vervangt = rij.vervangt
            beurt.vernietig(rij.soort, rij)
            return zet(beurt, adres, vervangt=vervangt)
        for eerder in DigitaalAdres.objects.filter(vervangt=rij):
            beurt.vernietig(rij.soort, eerder)
        return zet(beurt, adres, vervangt=rij)

    return voer_uit(klant_id, vervang, inhoud=(waarde, adres), gang=gang)


def maak_standaard(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """GEG1: dit adres is van zijn soort het eerste; de vorige standaard is het niet meer.

    Raises NietGevonden for an address that is not in use.
    """

    def kies(beurt: Beurt) -> UUID:
        rij = _eigen(beurt, waarde)
        if rij.stand != Stand.IN_GEBRUIK:
            raise NietGevonden
        if not rij.standaard:
            beurt.eis_rij_gezien(rij)
            standaard(beurt, rij)
        return rij.pk

    return voer_uit(klant_id, kies, inhoud=waarde, gang=gang)


def verwijder_digitaal_adres(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: dit adres weg, ook uit de geschiedenis; zo nodig wordt het oudste andere de standaard.

    Raises NietGevonden, IntussenGewijzigd.
    """

    def haal_weg(beurt: Beurt) -> None:
        rij = _eigen(beurt, waarde)
        beurt.eis_rij_gezien(rij)
        verwijder(beurt, rij)

    return voer_uit(klant_id, haal_weg, inhoud=waarde, gang=gang)


def zet(beurt: Beurt, adres: NieuwDigitaalAdres, *, vervangt: DigitaalAdres | None = None) -> UUID:
    """Schrijf een voorstel in een lopende beurt."""
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
    return rij.pk


def standaard(beurt: Beurt, rij: DigitaalAdres) -> None:
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
    beurt.vernietig(soort, rij)
    volgende = (
        DigitaalAdres.objects.in_gebruik()
        .filter(klant=beurt.klant, soort=soort)
        .order_by("gegeven_op", "id")
        .first()
    )
    if was_standaard and volgende:
        standaard(beurt, volgende)


def _eigen(beurt: Beurt, waarde: UUID) -> DigitaalAdres:
    rij = DigitaalAdres.objects.filter(klant=beurt.klant, pk=waarde).first()
    if rij is None:
        raise NietGevonden
    return rij


def _omschrijf(beurt: Beurt, rij: DigitaalAdres, omschrijving: str) -> UUID:
    if rij.omschrijving != omschrijving:
        rij.omschrijving, rij.versie = omschrijving, beurt.versie
        rij.save(update_fields=["omschrijving", "versie"])
        beurt.velden.add(rij.soort)
    return rij.pk
