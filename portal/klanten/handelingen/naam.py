"""De naam zetten en weghalen."""

from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.dossiers import voer_verwijdering_uit
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Naam
from portal.klanten.regels import NietGevonden, NieuweNaam, Uitkomst

VELD = "naam"


def wijzig_naam(klant_id: UUID | None, *, naam: NieuweNaam, **gang: Unpack[Gang]) -> Uitkomst:
    """KLUIT01: zo wil de klant genoemd worden; None als klant_id slaat voor het eerst op.

    Raises IntussenGewijzigd when the name changed after version `gezien`.
    """

    def zet_naam(beurt: Beurt) -> UUID:
        beurt.eis_gezien(VELD)
        return zet(beurt, naam)

    return voer_uit(klant_id, zet_naam, handeling="wijzig_naam", inhoud=naam, gang=gang)


def verwijder_naam(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: de naam weg, ook uit de geschiedenis. Raises NietGevonden, IntussenGewijzigd."""

    def haal_weg(beurt: Beurt) -> None:
        beurt.eis_gezien(VELD)
        rij = Naam.objects.filter(klant=beurt.klant).first()
        if rij is None:
            raise NietGevonden
        beurt.verwijder(VELD, rij)

    return voer_verwijdering_uit(
        klant_id, haal_weg, handeling="verwijder_naam", inhoud=None, gang=gang
    )


def zet(beurt: Beurt, naam: NieuweNaam) -> UUID:
    """Schrijf de naam in een lopende beurt; dezelfde naam nog eens verandert niets."""
    rij = Naam.objects.filter(klant=beurt.klant).first() or Naam(klant=beurt.klant)
    oud = (rij.waarde, rij.functie, rij.bedrijfsnaam)
    oude_tekst = rij.tekst()
    if oud != (naam.waarde, naam.functie, naam.bedrijfsnaam):
        rij.waarde, rij.functie, rij.bedrijfsnaam = naam.waarde, naam.functie, naam.bedrijfsnaam
        beurt.geef_herkomst(rij)
        rij.save()
        beurt.noteer(VELD, rij=rij, oud=oude_tekst, nieuw=rij.tekst())
    return rij.pk
