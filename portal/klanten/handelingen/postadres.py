"""Het voorkeurscorrespondentieadres zetten en weghalen."""

from typing import Unpack
from uuid import UUID

from portal.klanten.handelingen.dossiers import voer_verwijdering_uit
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Postadres
from portal.klanten.regels import (
    Adressoort,
    NietGevonden,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
    Uitkomst,
)

VELD = "postadres"


def wijzig_postadres(
    klant_id: UUID | None,
    *,
    adres: NieuwPostadres | NieuwBuitenlandsAdres,
    **gang: Unpack[Gang],
) -> Uitkomst:
    """BREG2: hier wil de klant post krijgen; None als klant_id slaat voor het eerst op.

    Raises IntussenGewijzigd when the address changed after version `gezien`.
    """

    def zet_adres(beurt: Beurt) -> UUID:
        beurt.eis_gezien(VELD)
        return zet(beurt, adres)

    return voer_uit(klant_id, zet_adres, inhoud=adres, gang=gang)


def verwijder_postadres(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: het adres weg, ook uit de geschiedenis. Raises NietGevonden, IntussenGewijzigd."""

    def haal_weg(beurt: Beurt) -> None:
        beurt.eis_gezien(VELD)
        rij = Postadres.objects.filter(klant=beurt.klant).first()
        if rij is None:
            raise NietGevonden
        beurt.verwijder(VELD, rij)

    return voer_verwijdering_uit(klant_id, haal_weg, inhoud=None, gang=gang)


def zet(beurt: Beurt, adres: NieuwPostadres | NieuwBuitenlandsAdres) -> UUID:
    """Schrijf het adres in een lopende beurt; hetzelfde adres nog eens verandert niets."""
    velden = _kolommen(adres)
    rij = Postadres.objects.filter(klant=beurt.klant).first() or Postadres(klant=beurt.klant)
    if all(getattr(rij, veld) == waarde for veld, waarde in velden.items()):
        return rij.pk
    oud = rij.tekst() if rij.soort else ""
    for veld, waarde in velden.items():
        setattr(rij, veld, waarde)
    beurt.geef_herkomst(rij)
    rij.save()
    beurt.noteer(VELD, rij=rij, oud=oud, nieuw=rij.tekst())
    return rij.pk


def _kolommen(adres: NieuwPostadres | NieuwBuitenlandsAdres) -> dict[str, object]:
    """Alle kolommen van een adres: wat bij de andere soort hoort, wordt leeg."""
    leeg: dict[str, object] = dict.fromkeys(
        ("postcode", "huisletter", "toevoeging", "straat", "plaats", "regel1", "regel2", "regel3"),
        "",
    )
    if isinstance(adres, NieuwPostadres):
        return {**leeg, "landcode": "NL", **vars(adres)}
    return {**leeg, "soort": Adressoort.BUITENLAND, "huisnummer": None, **vars(adres)}
