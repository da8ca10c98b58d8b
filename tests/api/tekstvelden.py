"""Elk tekstveld van elke vraag aan de API, gevonden in haar OpenAPI."""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

VOORBEELD = {"postcode": "1234AB", "landcode": "5010", "woonplaats": "Waterveen"}

Pad = tuple[str | int, ...]


class Tekstveld(NamedTuple):
    """Waar in de vraag de tekst staat, en wat er eerst omheen moet staan."""

    pad: Pad
    omheen: tuple[tuple[Pad, Any], ...] = ()


def voorbeeld(document: dict[str, Any], schema: dict[str, Any], naam: str = "") -> Any:
    """De kleinste waarde die bij dit schema past."""
    schema = _los(document, schema)
    if keuze := schema.get("enum") or [schema[k] for k in ("const",) if k in schema]:
        return keuze[0]
    match schema.get("type"):
        case "object":
            nodig = schema.get("required", [])
            return {n: voorbeeld(document, schema["properties"][n], n) for n in nodig}
        case "array":
            return []
        case "integer":
            return 1
    return VOORBEELD.get(naam, "tekst")


def _los(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    verwijzing = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][verwijzing] if verwijzing else schema


def loop(document: dict[str, Any], schema: dict[str, Any], veld: Tekstveld) -> Iterator[Tekstveld]:
    """Elk tekstveld in dit schema, ook in lijsten, in keuzes en onder vrije sleutels."""
    schema, (pad, omheen) = _los(document, schema), veld
    for keuze in schema.get("anyOf", schema.get("oneOf", [])):
        yield from loop(document, keuze, veld)
    if schema.get("type") == "string" and not {"enum", "const"} & schema.keys():
        yield veld
    if schema.get("type") == "array":
        rond = (*omheen, (pad, []))
        yield from loop(document, schema["items"], Tekstveld((*pad, 0), rond))
    if schema.get("type") == "object":
        rond = (*omheen, (pad, voorbeeld(document, schema)))
        for naam, deel in schema.get("properties", {}).items():
            yield from loop(document, deel, Tekstveld((*pad, naam), rond))
        if isinstance(extra := schema.get("additionalProperties"), dict):
            yield from loop(document, extra, Tekstveld((*pad, "sleutel"), rond))


@cache
def _beschrijving(api: Any) -> dict[str, Any]:
    document: dict[str, Any] = api.get_openapi_schema()
    return document


def tekstvelden(api: Any, operatie: Any) -> list[Tekstveld]:
    """Elk tekstveld in de vraag van deze operatie."""
    document = _beschrijving(api)
    for methoden in document["paths"].values():
        for beschreven in methoden.values():
            if beschreven["operationId"] == operatie.operation_id and "requestBody" in beschreven:
                inhoud = beschreven["requestBody"]["content"]["application/json"]["schema"]
                return list(loop(document, inhoud, Tekstveld(())))
    return []


def met(lichaam: Any, veld: Tekstveld, tekst: str) -> Any:
    """De vraag met deze tekst op deze plek, en eromheen wat daarvoor nodig is."""
    nieuw = copy.deepcopy(lichaam) or {}
    for pad, waarde in veld.omheen:
        if pad and op_plek(nieuw, pad) in (None, []):
            zet(nieuw, pad, copy.deepcopy(waarde))
    zet(nieuw, veld.pad, tekst)
    return nieuw


def op_plek(waarde: Any, pad: Pad) -> Any:
    for stap in pad:
        if isinstance(waarde, list):
            waarde = waarde[stap] if int(stap) < len(waarde) else None
        else:
            waarde = (waarde or {}).get(stap)
    return waarde


def zet(waarde: Any, pad: Pad, nieuw: Any) -> None:
    houder = op_plek(waarde, pad[:-1])
    if isinstance(houder, list):
        houder[:] = [nieuw]
    else:
        houder[pad[-1]] = nieuw


def teksten_in(waarde: Any) -> Iterator[str]:
    """Elke tekst in een antwoord."""
    if isinstance(waarde, dict):
        for deel in waarde.values():
            yield from teksten_in(deel)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from teksten_in(deel)
    elif isinstance(waarde, str):
        yield waarde
