"""Signals in an answer that somebody acts for somebody else (docs/inloggen.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

Claims = Mapping[str, Any]
Pad = tuple[str, ...]

LEGAL = "urn:nl-eid-gdi:1.0:LegalSubjectID"
ACTING = "urn:nl-eid-gdi:1.0:ActingSubjectID"
SOORT = "urn:nl-eid-gdi:1.1:RepresentationType"
NOOIT = (SOORT, "sel_uid", "representeeBSN", "representee", "eherkenning_intermediate_kvknr")
"""Legal representation, bewindvoering and chains: not built for any provider."""


def waarde_op(claims: Claims, pad: Iterable[str]) -> Any:
    """Return what stands at this path of names, or None; names may hold dots and colons."""
    waarde: Any = claims
    for naam in pad:
        if not isinstance(waarde, Mapping) or naam not in waarde:
            return None
        waarde = waarde[naam]
    return waarde


def is_keten(claims: Claims) -> bool:
    """Does the represented party act for yet another one, or are there several."""
    voor = claims.get("represents")
    return isinstance(voor, list) or (isinstance(voor, Mapping) and "represents" in voor)


def signalen(claims: Claims, *, middel: str, paden: Iterable[Pad]) -> bool:
    """Does anything here say that the person acts for somebody else.

    For eHerkenning a company with an acting employee is normal; `represents` counts only where
    none of the configured `paden` reads the company from it.
    """
    gelezen = any(pad and pad[0] == "represents" for pad in paden)
    if is_keten(claims) or ("represents" in claims and not (middel == "eherkenning" and gelezen)):
        return True
    if middel in {"digid", "eidas"} and "acting_nin" in claims:
        return True
    legal, acting = claims.get(LEGAL), claims.get(ACTING)
    if legal is not None and acting is not None and legal != acting:
        return True
    return verboden(claims)


def verboden(claims: Claims) -> bool:
    """Forms of representation that no provider may bring in."""
    return any(claims.get(naam) is not None for naam in NOOIT)
