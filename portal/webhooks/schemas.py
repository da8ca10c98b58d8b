"""Het JSON-schema van `data` per soort bericht; `dataschema` in het bericht wijst hierheen.

A schema is made here from the same constants as the message, and published under /schemas/.
"""

from typing import Any

from portal.webhooks.bericht import OVERGESLAGEN, TEST, TYPEN, veldnaam
from portal.webhooks.informatierijk import BRONNEN

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMMER = {"type": "string", "pattern": "^[0-9]{10}$"}
KLANT = {"type": "string", "format": "uri", "description": "waar u de klant leest"}
VERSIE = {"type": "integer", "minimum": 1, "description": "telt de wijzigingen van de klant"}
EPOCH = {"type": "integer", "minimum": 1, "description": "anders dan eerst: lees alles opnieuw"}
GEWIJZIGD = {
    "type": "array",
    "items": {"type": "string", "minLength": 1, "maxLength": 40},
    "uniqueItems": True,
    "description": "namen van velden, nooit waarden",
}


def _object(verplicht: dict[str, Any], **soms: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**verplicht, **soms},
        "required": list(verplicht),
        "additionalProperties": False,
    }


WAARDEN = {
    **_object(
        {}, **{veldnaam(veld): {"type": "array", "items": {"type": "string"}} for veld in BRONNEN}
    ),
    "description": "alleen als het abonnement informatierijk is: de waarden in gebruik; "
    "een veld dat na deze gebeurtenis nog eens veranderde of gewist is, ontbreekt",
}


def _van_klant(gewijzigd: dict[str, Any]) -> dict[str, Any]:
    return _object(
        {"klant": KLANT, "versie": VERSIE, "epoch": EPOCH, "gewijzigd": gewijzigd},
        waarden=WAARDEN,
    )


def schemas() -> dict[str, dict[str, Any]]:
    """Het schema van `data` bij elke naam die een bericht kan noemen."""
    leeg = {"type": "array", "maxItems": 0}
    per_naam = {naam: _van_klant(GEWIJZIGD) for naam in TYPEN.values() if naam.startswith("klant-")}
    per_naam["klant-verwijderd"] = _van_klant(leeg)
    per_naam["melding-ontvangen"] = _object(
        {
            "melding": {"type": "string", "format": "uuid"},
            "versie": VERSIE,
            "epoch": EPOCH,
            "gewijzigd": GEWIJZIGD,
        }
    )
    overgeslagen = {"type": "array", "items": NUMMER, "minItems": 1}
    per_naam[OVERGESLAGEN] = _object({"overgeslagen": overgeslagen, "klant": KLANT, "epoch": EPOCH})
    per_naam[TEST] = _object({"epoch": EPOCH})
    return per_naam


def schema(naam: str, adres: str) -> dict[str, Any] | None:
    """Het gepubliceerde schema van één soort bericht; None als die naam niet bestaat."""
    inhoud = schemas().get(naam)
    if inhoud is None:
        return None
    return {
        "$schema": DIALECT,
        "$id": f"{adres}/schemas/{naam}.v1.json",
        "title": f"data van nl.klanten.{naam}",
        **inhoud,
    }
