"""Van een nummer in een vraag naar zijn index, en van de verzegelde vorm naar een antwoord."""

from accounts.identiteit import (
    Identiteit,
    OngeldigNummer,
    Soort,
    blinde_indexen,
    ontzegel_identiteit,
)
from portal.api.fouten import VeldFout, ongeldig

__all__ = ["Soort", "indexen", "open_nummers"]

VELD = {
    Soort.BSN: "burgerservicenummer",
    Soort.RSIN: "rsin",
    Soort.KVK: "kvkNummer",
    Soort.VESTIGING: "vestigingsnummer",
}


def indexen(soort: Soort, nummer: str, *, organisatie: str, kvk: str = "") -> list[str]:
    """De indexen van een nummer bij deze organisatie; raises Fout 400 als het niet kan bestaan."""
    try:
        identiteit = Identiteit(soort, nummer, kvk)
    except OngeldigNummer:
        veld = VELD[soort]
        raise ongeldig(VeldFout(veld, "invalid", f"Dit is geen geldig {veld}.")) from None
    return blinde_indexen(identiteit, organisatie=organisatie)


def open_nummers(verzegeld: str, index: str) -> dict[str, str]:
    """De nummers van een subject, met hun naam in de API; een buitenlands nummer gaat niet uit.

    Raises accounts.zegel.Onleesbaar when the sealed value does not belong to the index.
    """
    identiteit = ontzegel_identiteit(verzegeld, index)
    if identiteit.soort not in VELD:
        return {}
    nummers = {VELD[identiteit.soort]: identiteit.onthul()}
    if bedrijf := identiteit.bedrijf():
        nummers["kvkNummer"] = bedrijf.onthul()
    return nummers
