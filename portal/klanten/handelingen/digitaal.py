"""E-mailadressen en telefoonnummers: voorstellen, kiezen en weghalen."""

from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.adressen import (
    maak_tot_standaard,
    stel_adres_voor,
    verwijder_met_bericht,
)
from portal.klanten.handelingen.dossiers import voer_verwijdering_uit
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import DigitaalAdres
from portal.klanten.regels import (
    NietGevonden,
    NieuwDigitaalAdres,
    Stand,
    Uitkomst,
)


def voeg_digitaal_adres_toe(
    klant_id: UUID | None, *, adres: NieuwDigitaalAdres, **gang: Unpack[Gang]
) -> Uitkomst:
    """GEG1: een nieuw e-mailadres of telefoonnummer, voorgesteld tot het bevestigd is.

    Raises BestaatAl when the klant has it already, Teveel above HOOGUIT_PER_SOORT.
    """

    def stel_voor(beurt: Beurt) -> UUID:
        return stel_adres_voor(beurt, adres, door=gang["door"]).pk

    return voer_uit(
        klant_id, stel_voor, handeling="voeg_digitaal_adres_toe", inhoud=adres, gang=gang
    )


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
        doel = rij if rij.stand == Stand.IN_GEBRUIK else rij.vervangt
        for voorstel in {rij, *DigitaalAdres.objects.filter(vervangt=rij)} - {doel}:
            beurt.vernietig(voorstel.soort, voorstel)
        return stel_adres_voor(beurt, adres, door=gang["door"], vervangt=doel).pk

    return voer_uit(
        klant_id, vervang, handeling="wijzig_digitaal_adres", inhoud=(waarde, adres), gang=gang
    )


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
            maak_tot_standaard(beurt, rij)
        return rij.pk

    return voer_uit(klant_id, kies, handeling="maak_standaard", inhoud=waarde, gang=gang)


def verwijder_digitaal_adres(klant_id: UUID, *, waarde: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: dit adres weg, ook uit de geschiedenis; zo nodig wordt het oudste andere de standaard.

    Raises NietGevonden, IntussenGewijzigd.
    """

    def haal_weg(beurt: Beurt) -> None:
        rij = _eigen(beurt, waarde)
        beurt.eis_rij_gezien(rij)
        verwijder_met_bericht(beurt, rij)

    return voer_verwijdering_uit(
        klant_id, haal_weg, handeling="verwijder_digitaal_adres", inhoud=waarde, gang=gang
    )


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
