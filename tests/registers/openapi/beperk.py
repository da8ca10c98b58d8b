"""Cut an OpenAPI file down to the paths that a test needs, with everything they point to.

`python -m tests.registers.openapi.beperk bron.yaml doel.json /zaken/_zoek /zaken/{uuid}`
Prose and examples go (they are most of the file); a reference outside the file becomes "anything".
A word that is no path names the one kind that is kept where a body has many (BRP: the question by
number), because plain JSON Schema does not look at a discriminator.
"""

import json
import sys
from pathlib import Path

import yaml

PROZA = {"description", "summary", "example", "examples", "externalDocs", "tags", "x-codeSamples"}


def verwijzingen(knoop: object) -> set[str]:
    """Return every `$ref` below this node."""
    if isinstance(knoop, dict):
        eigen = {knoop["$ref"]} if isinstance(knoop.get("$ref"), str) else set()
        return eigen.union(*map(verwijzingen, knoop.values()), set())
    return set().union(*map(verwijzingen, knoop), set()) if isinstance(knoop, list) else set()


def zonder_proza(knoop: object, *, namen: bool = False) -> object:
    """Drop descriptions and examples; under `properties` a key is a name and stays."""
    if isinstance(knoop, list):
        return [zonder_proza(deel) for deel in knoop]
    if not isinstance(knoop, dict):
        return knoop
    if isinstance(knoop.get("$ref"), str) and not knoop["$ref"].startswith("#/"):
        return {}
    return {
        sleutel: zonder_proza(deel, namen=sleutel in {"properties", "responses", "mapping"})
        for sleutel, deel in knoop.items()
        if namen or sleutel not in PROZA
    }


def beperkt(geheel: dict, paden: list[str]) -> dict:
    """Return the document with these paths and the components they reach."""
    klein = zonder_proza(
        {**geheel, "paths": {pad: geheel["paths"][pad] for pad in paden}, "components": {}}
    )
    _beschrijf_antwoorden(klein["paths"])
    klein["components"]["securitySchemes"] = geheel["components"].get("securitySchemes", {})
    open_staand = verwijzingen(klein["paths"])
    while open_staand:
        _, _, soort, naam = open_staand.pop().split("/", 3)
        vak = klein["components"].setdefault(soort, {})
        if naam not in vak:
            vak[naam] = zonder_proza(geheel["components"][soort][naam])
            open_staand |= verwijzingen(vak[naam])
    _beschrijf_antwoorden(klein["components"])
    return klein


def _kies_soort(knoop: object, schemas: dict, soort: str) -> None:
    """Point a body straight at the schema that the discriminator maps this kind to."""
    for deel in knoop.values() if isinstance(knoop, dict) else knoop:
        if isinstance(deel, dict) and "$ref" in deel.get("schema", {}):
            naam = deel["schema"]["$ref"].rsplit("/", 1)[-1]
            kaart = schemas.get(naam, {}).get("discriminator", {}).get("mapping", {})
            if soort in kaart:
                deel["schema"] = {"$ref": kaart[soort]}
        if isinstance(deel, dict | list):
            _kies_soort(deel, schemas, soort)


def _beschrijf_antwoorden(knoop: object) -> None:
    """OpenAPI demands a description per answer: an empty one will do."""
    if isinstance(knoop, dict):
        for antwoord in knoop.get("responses", {}).values():
            if "$ref" not in antwoord:
                antwoord.setdefault("description", "")
        for deel in knoop.values():
            _beschrijf_antwoorden(deel)
    elif isinstance(knoop, list):
        for deel in knoop:
            _beschrijf_antwoorden(deel)


def main() -> None:
    """Read, cut, write."""
    bron, doel, *woorden = sys.argv[1:]
    paden = [woord for woord in woorden if woord.startswith("/")]
    geheel = json.loads(json.dumps(yaml.safe_load(Path(bron).read_text()), default=str))
    for soort in set(woorden) - set(paden):
        _kies_soort(geheel["paths"], geheel["components"]["schemas"], soort)
    tekst = json.dumps(beperkt(geheel, paden), indent=1, ensure_ascii=False)
    Path(doel).write_text(tekst + "\n")


if __name__ == "__main__":
    main()
