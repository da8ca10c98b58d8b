"""From the claims of a provider to who this is; what a provider may say stands in its table."""

from typing import Any

from accounts.controles import Afgewezen, Claims
from accounts.identiteit import Identiteit, OngeldigNummer, Soort
from accounts.providers import Aanbieder, waarde_op

BEKENDE_NAMEN = {
    "bsn": Soort.BSN,
    "nin": Soort.BSN,
    "person_bsn_identifier": Soort.BSN,
    "urn:etoegang:1.12:EntityConcernedID:BSN": Soort.BSN,
    "kvk": Soort.KVK,
    "chamber_of_commerce": Soort.KVK,
    "organisation_kvknr": Soort.KVK,
    "eherkenning_rsin": Soort.RSIN,
    "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr": Soort.VESTIGING,
    "eherkenning_vestigingsnr": Soort.VESTIGING,
    "vestiging": Soort.VESTIGING,
}
"""Names that mean a number anywhere; a provider without that kind may not bring it in.

A branch number restricts who may do what: without a path for it the login is refused, or it would
open the whole company.
"""

BEDRIJF = {Soort.KVK, Soort.RSIN, Soort.EIDAS_ORGANISATIE}


def _nummer(soort: Soort, waarde: object, kvk: str = "") -> Identiteit:
    try:
        return Identiteit(soort, waarde, kvk)  # type: ignore[arg-type]  # it checks the type itself
    except OngeldigNummer:
        raise Afgewezen("identiteit") from None


def _zonder_sectorcode(waarde: object, aanbieder: Aanbieder) -> object:
    if not aanbieder.sectorcode:
        return waarde
    kop = f"{aanbieder.sectorcode}:"
    if not isinstance(waarde, str) or not waarde.startswith(kop):
        raise Afgewezen("sectorcode")
    return waarde[len(kop) :]


def _soort(claims: Claims, aanbieder: Aanbieder) -> Soort:
    """The kind comes from the qualifier or from which one claim is there; never from its form."""
    mogelijk = [s for s in aanbieder.identiteit if s is not Soort.VESTIGING]
    if aanbieder.soort_pad:
        genoemd = waarde_op(claims, aanbieder.soort_pad)
        soort = aanbieder.soorten.get(genoemd) if isinstance(genoemd, str) else None
        aanwezig = [soort] if soort in mogelijk else []
    else:
        aanwezig = [s for s in mogelijk if waarde_op(claims, aanbieder.identiteit[s]) is not None]
    if len(aanwezig) != 1 or aanwezig[0] is None:
        raise Afgewezen("identiteit")
    return aanwezig[0]


def identiteit_uit(claims: Claims, aanbieder: Aanbieder) -> Identiteit:
    """Who or what this login is about; raises Afgewezen("identiteit") or ("sectorcode")."""
    paden = {pad[0] for pad in aanbieder.identiteit.values()}
    for naam, soort in BEKENDE_NAMEN.items():
        if naam in claims and naam not in paden and soort not in aanbieder.identiteit:
            raise Afgewezen("identiteit")
    soort = _soort(claims, aanbieder)
    waarde = waarde_op(claims, aanbieder.identiteit[soort])
    if soort is Soort.BSN:
        waarde = _zonder_sectorcode(waarde, aanbieder)
    gevonden = _nummer(soort, waarde)
    vestiging = waarde_op(claims, aanbieder.identiteit.get(Soort.VESTIGING, ()) or ("",))
    if vestiging is None:
        return gevonden
    if soort is not Soort.KVK:
        raise Afgewezen("identiteit")
    return _nummer(Soort.VESTIGING, vestiging, gevonden.onthul())


def _tekst(waarde: Any, reden: str) -> str:
    if not isinstance(waarde, str) or not 0 < len(waarde) <= 255 or not waarde.isprintable():
        raise Afgewezen(reden)
    return waarde


def handelende_uit(claims: Claims, aanbieder: Aanbieder, wie: Identiteit) -> str:
    """The key of who acts for `wie`: required for a company, empty for a person themselves."""
    if wie.soort in BEDRIJF or wie.soort is Soort.VESTIGING:
        return _tekst(waarde_op(claims, aanbieder.handelende or ("",)), "identiteit")
    if aanbieder.vertegenwoordiging != "machtigen":
        return ""
    ander = _nummer(Soort.BSN, waarde_op(claims, aanbieder.gemachtigde or ("",)))
    return "" if ander == wie else ander.onthul()


def mandaat_uit(claims: Claims, aanbieder: Aanbieder) -> tuple[str, ...]:
    """For which services somebody may act; at least one must be known here, else refused."""
    waarde = waarde_op(claims, aanbieder.mandaat or ("",))
    diensten = tuple(_tekst(d, "vertegenwoordiging") for d in _lijst(waarde))
    if not set(diensten) & set(aanbieder.mandaten):
        raise Afgewezen("vertegenwoordiging")
    return diensten


def _lijst(waarde: object) -> list[object]:
    return waarde if isinstance(waarde, list) else [waarde]


def rollen_uit(claims: Claims, aanbieder: Aanbieder) -> tuple[str, ...]:
    """The roles of a member of staff that the configuration knows."""
    if aanbieder.rollen is None:
        return ()
    genoemd = _lijst(waarde_op(claims, aanbieder.rollen.pad))
    return tuple(sorted(r for r in genoemd if isinstance(r, str) and r in aanbieder.rollen.groepen))
