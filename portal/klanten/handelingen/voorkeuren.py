"""Taal en voorkeurskanalen kiezen."""

from collections.abc import Sequence
from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Voorkeur
from portal.klanten.regels import NieuweVoorkeur, Uitkomst

VELD = "voorkeuren"


def wijzig_voorkeuren(
    klant_id: UUID | None,
    *,
    keuzes: Sequence[NieuweVoorkeur],
    **gang: Unpack[Gang],
) -> Uitkomst:
    """GEG1: zet deze keuzes; de andere blijven.

    Raises IntussenGewijzigd when one of these changed after version `gezien`; others do not count.
    """

    def zet_keuzes(beurt: Beurt) -> None:
        eis_gezien(beurt, [keuze.soort for keuze in keuzes])
        for keuze in keuzes:
            zet(beurt, keuze)

    return voer_uit(
        klant_id, zet_keuzes, handeling="wijzig_voorkeuren", inhoud=list(keuzes), gang=gang
    )


def eis_gezien(beurt: Beurt, soorten: Sequence[str]) -> None:
    """Raise IntussenGewijzigd als een van deze keuzes veranderde na wat de klant zag."""
    for rij in Voorkeur.objects.filter(klant=beurt.klant, soort__in=soorten):
        beurt.eis_rij_gezien(rij)


def zet(beurt: Beurt, keuze: NieuweVoorkeur) -> UUID:
    """Schrijf één keuze in een lopende beurt; dezelfde keuze nog eens verandert niets."""
    rij = Voorkeur.objects.filter(klant=beurt.klant, soort=keuze.soort).first()
    rij = rij or Voorkeur(klant=beurt.klant, soort=keuze.soort)
    if rij.keuze != keuze.keuze:
        oud = rij.tekst() if rij.keuze else ""
        rij.keuze = keuze.keuze
        beurt.geef_herkomst(rij)
        rij.save()
        beurt.noteer(VELD, rij=rij, oud=oud, nieuw=rij.tekst())
    return rij.pk
