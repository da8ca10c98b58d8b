"""Het voorkeurscorrespondentieadres zetten en weghalen."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Unpack
from uuid import UUID

from portal.klanten.handelingen.dossiers import voer_verwijdering_uit
from portal.klanten.handelingen.transactie import Beurt, Gang, voer_uit
from portal.klanten.models import Postadres
from portal.klanten.regels import (
    Adres,
    Adressoort,
    NietGevonden,
    NieuwBuitenlandsAdres,
    NieuwPostadres,
    Uitkomst,
)

VELD = "postadres"
PERIODE = ("geldig_vanaf", "geldig_tot")
"""Geen deel van een adres elders: daar geldt het voor één interactie, of weer vanaf nu."""
NEDERLANDS = ("postcode", "huisnummer", "huisletter", "toevoeging", "straat", "plaats", "tav")
BUITENLANDS = ("regel1", "regel2", "regel3", "landcode", "tav")


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

    return voer_uit(klant_id, zet_adres, handeling="wijzig_postadres", inhoud=adres, gang=gang)


def verwijder_postadres(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-5: het adres weg, ook uit de geschiedenis. Raises NietGevonden, IntussenGewijzigd."""

    def haal_weg(beurt: Beurt) -> None:
        beurt.eis_gezien(VELD)
        rij = Postadres.objects.filter(klant=beurt.klant).first()
        if rij is None:
            raise NietGevonden
        beurt.verwijder(VELD, rij)

    return voer_verwijdering_uit(
        klant_id, haal_weg, handeling="verwijder_postadres", inhoud=None, gang=gang
    )


def zet(beurt: Beurt, adres: NieuwPostadres | NieuwBuitenlandsAdres) -> UUID:
    """Schrijf het adres in een lopende beurt; hetzelfde adres nog eens verandert niets."""
    velden = _kolommen(adres)
    rij = Postadres.objects.filter(klant=beurt.klant).first() or Postadres(klant=beurt.klant)
    if all(getattr(rij, veld) == waarde for veld, waarde in velden.items()):
        return rij.pk
    oud = rij.tekst() if rij.soort else ""
    oude_delen = in_delen(als_adres(rij)) if rij.soort else None
    for veld, waarde in velden.items():
        setattr(rij, veld, waarde)
    beurt.geef_herkomst(rij)
    rij.save()
    beurt.noteer(VELD, rij=rij, oud=oud, nieuw=rij.tekst(), oude_delen=oude_delen)
    return rij.pk


def als_adres(rij: Postadres) -> Adres:
    """Return the stored address as the value object it came from, without its period."""
    namen = BUITENLANDS if rij.soort == Adressoort.BUITENLAND else NEDERLANDS
    return adres_uit_delen({"soort": rij.soort} | {naam: getattr(rij, naam) for naam in namen})


def in_delen(adres: Adres) -> dict[str, object]:
    """Return the parts of an address by name, as plain JSON values, without its period."""
    delen = {naam: waarde for naam, waarde in asdict(adres).items() if naam not in PERIODE}
    return {"soort": Adressoort.BUITENLAND, **delen}


def adres_uit_delen(delen: Mapping[str, Any]) -> Adres:
    """Return the address that `in_delen` took apart. Raises OngeldigeWaarde."""
    rest = {naam: waarde for naam, waarde in delen.items() if naam != "soort"}
    if delen["soort"] == Adressoort.BUITENLAND:
        return NieuwBuitenlandsAdres(**rest)
    return NieuwPostadres(soort=Adressoort(delen["soort"]), **rest)


def _kolommen(adres: NieuwPostadres | NieuwBuitenlandsAdres) -> dict[str, object]:
    """Alle kolommen van een adres: wat bij de andere soort hoort, wordt leeg."""
    leeg: dict[str, object] = dict.fromkeys(
        ("postcode", "huisletter", "toevoeging", "straat", "plaats", "regel1", "regel2", "regel3"),
        "",
    )
    if isinstance(adres, NieuwPostadres):
        return {**leeg, "landcode": "NL", **vars(adres)}
    return {**leeg, "soort": Adressoort.BUITENLAND, "huisnummer": None, **vars(adres)}
