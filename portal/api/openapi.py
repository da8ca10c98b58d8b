"""What every operation promises besides its answer: headers, refusals, contact."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings

from portal.api.fouten import MEDIATYPE, TITELS

if TYPE_CHECKING:
    from ninja import NinjaAPI

TEKST: dict[str, Any] = {"type": "string", "minLength": 1}
FOUT = {
    "title": "Fout",
    "type": "object",
    "description": "Waarom een vraag geweigerd is (RFC 9457).",
    "required": ["code", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "Adres van de uitleg van deze fout."},
        "code": {**TEKST, "description": "Voor systemen.", "enum": sorted(TITELS)},
        "title": {**TEKST, "description": "Algemene tekst bij de code."},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "detail": {**TEKST, "description": "Wat er deze keer was, zonder waarden."},
        "instance": {
            **TEKST,
            "description": "Nummer van deze fout; van 500 en 503 ook in ons log.",
        },
    },
}
VELDFOUT = {
    "title": "FieldValidationError",
    "type": "object",
    "description": "Wat er aan één veld niet klopt.",
    "required": ["name", "code", "reason"],
    "properties": {"name": TEKST, "code": TEKST, "reason": TEKST},
}
VALIDATIEFOUT = {
    **FOUT,
    "title": "ValidatieFout",
    "required": [*FOUT["required"], "invalidParams"],
    "properties": {
        **FOUT["properties"],  # type: ignore[dict-item]  # a JSON schema is plain data
        "invalidParams": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/FieldValidationError"},
        },
    },
}


def _kop(uitleg: str, soort: str = "string") -> dict[str, Any]:
    return {"schema": {"type": soort}, "description": uitleg}


VERSIEKOP = {"API-Version": _kop("Versie van deze API.")}
ETAGKOP = {"ETag": _kop("Versie.")}
PLAATSKOP = {"Location": _kop("Adres van wat gemaakt is.")}
WACHTKOP = {"Retry-After": _kop("Na zoveel seconden mag het weer.", "integer")}
WEIGERKOPPEN = {401: {"WWW-Authenticate": _kop("Bearer.")}, 429: WACHTKOP, 503: WACHTKOP}
REGELCODES = re.compile(r"^(?:[A-Z]+-?[0-9]+(?:, )?)+: (.)")
"""Before a docstring: the rules of ours that it keeps; no news for who connects a system."""
UITLEG = {
    200: "Gelukt", 201: "Vastgelegd", 204: "Gelukt, zonder inhoud", 304: "Niet veranderd",
    400: "De vraag klopt niet", 401: "Geen geldig token", 403: "Dit mag niet",
    404: "Dit is er niet", 406: "Deze vorm geven wij niet", 409: "Dit kan nu niet",
    410: "Dit is er niet meer", 412: "Intussen gewijzigd", 413: "De inhoud is te groot",
    415: "Deze vorm lezen wij niet", 428: "If-Match ontbreekt", 429: "Te veel vragen",
    500: "Fout bij ons", 503: "Nu niet beschikbaar",
}  # fmt: skip
VOORWAARDEN = {"If-Match", "If-None-Match"}
ALTIJD = (400, 401, 403, 404, 406, 429, 500, 503)


def vul_aan(document: dict[str, Any], api: "NinjaAPI", altijd: tuple[int, ...] = ()) -> None:
    """Add to the document what ninja does not know; `altijd`: statuses every operation lists."""
    document["info"]["contact"] = settings.API_CONTACT
    document["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    schemas = document["components"].setdefault("schemas", {})
    schemas |= {"Fout": FOUT, "FieldValidationError": VELDFOUT, "ValidatieFout": VALIDATIEFOUT}
    rechten = {operatie.operation_id: operatie.auth_callbacks[0] for operatie in operaties(api)}
    for methoden in document["paths"].values():
        for methode, operatie in methoden.items():
            recht = rechten[operatie["operationId"]]
            operatie["security"] = [{type(recht).__name__: [str(recht.scope)]}]
            uitleg = REGELCODES.sub(lambda m: m[1].upper(), operatie["description"])
            operatie["description"] = f"{uitleg} Scope: `{recht.scope}`."
            operatie["responses"] = _antwoorden(operatie, methode, altijd)


def operaties(api: "NinjaAPI") -> Iterator[Any]:
    """Every operation of an API, as ninja keeps them."""
    for router in api._get_bound_routers():
        for pad in router.path_operations.values():
            yield from pad.operations


def _antwoorden(operatie: dict[str, Any], methode: str, altijd: tuple[int, ...]) -> dict[str, Any]:
    """Who may send a condition gets the ETag to make it with; only a GET can be unchanged."""
    goed = {str(status): dict(a) for status, a in operatie["responses"].items()}
    koppen = {parameter["name"] for parameter in operatie["parameters"]}
    if methode == "get" and "If-None-Match" in koppen:
        goed["304"] = {}
    for status, antwoord in goed.items():
        antwoord["description"] = UITLEG[int(status)]
        antwoord["headers"] = {
            **VERSIEKOP,
            **(PLAATSKOP if status == "201" else {}),
            **(ETAGKOP if status in {"200", "304"} and koppen & VOORWAARDEN else {}),
        }
    return {**goed, **{str(s): _weigering(s) for s in _weigeringen(operatie, altijd)}}


def _weigeringen(operatie: dict[str, Any], altijd: tuple[int, ...]) -> list[int]:
    extra = operatie.pop("x-weigeringen", [])
    lichaam = [413, 415] if "requestBody" in operatie else []
    return sorted({*ALTIJD, *altijd, *lichaam, *extra})


def _weigering(status: int) -> dict[str, Any]:
    schema = "ValidatieFout" if status == 400 else "Fout"
    return {
        "description": UITLEG[status],
        "headers": {**VERSIEKOP, **WEIGERKOPPEN.get(status, {})},
        "content": {MEDIATYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
