"""Does a request or an answer keep to an OpenAPI file? Strict: an undeclared parameter is a no."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

MAP = Path(__file__).parent / "registers" / "openapi"
_DOC = "urn:contract"


@dataclass(frozen=True)
class Treffer:
    """The operation that a request is for: its path as in the file, and the path's values."""

    sjabloon: str
    methode: str
    waarden: dict[str, str]


class Contract:
    """One OpenAPI file; every question returns what is wrong, an empty list when nothing is.

    The validators are imported late: the demo starts a stand-in that is perhaps never asked.
    """

    def __init__(self, bestand: str) -> None:
        from openapi_schema_validator import (
            OAS30ReadValidator,
            OAS30WriteValidator,
            OAS31Validator,
        )
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        self.document: dict[str, Any] = _met_null(json.loads((MAP / bestand).read_text()))
        bron = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self._register = Registry().with_resource(_DOC, bron)
        modern = self.document["openapi"].startswith("3.1")
        self._schrijf = OAS31Validator if modern else OAS30WriteValidator
        self._lees = OAS31Validator if modern else OAS30ReadValidator

    def zoek(self, methode: str, pad: str) -> Treffer | None:
        """Return the operation; fixed paths go before paths with a placeholder."""
        for sjabloon in sorted(self.document["paths"], key=lambda s: (s.count("{"), s)):
            patroon = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", sjabloon)
            gevonden = re.fullmatch(patroon, pad)
            if gevonden and methode.lower() in self.document["paths"][sjabloon]:
                return Treffer(sjabloon, methode.lower(), gevonden.groupdict())
        return None

    def mankementen_vraag(
        self, treffer: Treffer, zoek: dict[str, str], inhoud: Any, koppen: dict[str, str]
    ) -> list[str]:
        """What is wrong with the parameters, the headers and the body of a request."""
        parameters = self._parameters(treffer)
        bekend = {p["name"] for p in parameters if p["in"] == "query"}
        fouten = [f"{naam}: onbekend" for naam in zoek.keys() - bekend]
        gegeven = {"query": zoek, "path": treffer.waarden, "header": koppen}
        for parameter in parameters:
            fouten += self._parameter(parameter, gegeven[parameter["in"]])
        return fouten + self._lichaam(treffer, inhoud)

    def _parameter(self, parameter: dict[str, Any], gegeven: dict[str, str]) -> list[str]:
        naam, kop = parameter["name"], parameter["in"] == "header"
        waarde = gegeven.get(naam.lower() if kop else naam)
        if waarde is None:
            return [f"{naam}: ontbreekt"] if parameter.get("required") else []
        if naam == "Content-Type":
            waarde = waarde.partition(";")[0]
        typed = _getypeerd(parameter, waarde)
        return self._fouten(self._schrijf, parameter["schema"], typed, naam)

    def mankementen_antwoord(self, treffer: Treffer, status: int, inhoud: Any) -> list[str]:
        """What is wrong with an answer of ours; a status that the file does not know is wrong."""
        antwoorden = self._operatie(treffer)["responses"]
        sleutel = str(status) if str(status) in antwoorden else "default"
        if sleutel not in antwoorden:
            return [f"status {status}: staat niet in het bestand"]
        antwoord = self._volg(antwoorden[sleutel])
        schema = _schema(antwoord.get("content", {}))
        return self._fouten(self._lees, schema, inhoud, "antwoord") if schema else []

    def mankementen_velden(self, schema: str, inhoud: dict[str, Any]) -> list[str]:
        """What is wrong with the fields that are there; which are absent does not count (PATCH)."""
        velden = self.document["components"]["schemas"][schema]["properties"]
        return [
            fout
            for naam in inhoud.keys() & velden.keys()
            for fout in self._fouten(self._schrijf, velden[naam], inhoud[naam], naam)
        ]

    def _lichaam(self, treffer: Treffer, inhoud: Any) -> list[str]:
        lichaam = self._operatie(treffer).get("requestBody")
        if lichaam is None:
            return [] if inhoud is None else ["inhoud: niet verwacht"]
        if inhoud is None:
            return ["inhoud: ontbreekt"]
        schema = _schema(self._volg(lichaam)["content"])
        return self._fouten(self._schrijf, schema, inhoud, "inhoud")

    def _fouten(self, soort: Any, schema: dict[str, Any], waarde: Any, plek: str) -> list[str]:
        absoluut = json.loads(json.dumps(schema).replace('"#/', f'"{_DOC}#/'))
        keurder = soort(absoluut, registry=self._register, format_checker=soort.FORMAT_CHECKER)
        return [
            f"{'.'.join(map(str, [plek, *fout.absolute_path]))}: {fout.validator}"
            for fout in keurder.iter_errors(waarde)
        ]

    def _operatie(self, treffer: Treffer) -> dict[str, Any]:
        return self.document["paths"][treffer.sjabloon][treffer.methode]

    def _parameters(self, treffer: Treffer) -> list[dict[str, Any]]:
        pad = self.document["paths"][treffer.sjabloon]
        rijen = [*pad.get("parameters", []), *self._operatie(treffer).get("parameters", [])]
        return [self._volg(rij) for rij in rijen]

    def _volg(self, knoop: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in knoop:
            deel: Any = self.document
            for stap in knoop["$ref"].removeprefix("#/").split("/"):
                deel = deel[stap]
            knoop = deel
        return knoop


@lru_cache
def contract(bestand: str) -> Contract:
    """Return the file, read once per process."""
    return Contract(bestand)


def _met_null(knoop: Any) -> Any:
    """Read `nullable` beside `allOf` as its writers mean it: null, or what the parts say."""
    if isinstance(knoop, list):
        return [_met_null(deel) for deel in knoop]
    if not isinstance(knoop, dict):
        return knoop
    uit = {naam: _met_null(deel) for naam, deel in knoop.items()}
    if uit.get("nullable") is True and "allOf" in uit:
        niets = {"nullable": True, "enum": [None]}
        return {"nullable": True, "anyOf": [{"allOf": uit["allOf"]}, niets]}
    return uit


def _schema(inhoud: dict[str, Any]) -> dict[str, Any]:
    return next((deel["schema"] for soort, deel in inhoud.items() if "json" in soort), {})


def _getypeerd(parameter: dict[str, Any], waarde: str) -> Any:
    soort = parameter["schema"].get("type")
    if soort == "integer" and re.fullmatch("-?[0-9]+", waarde):
        return int(waarde)
    if soort == "boolean" and waarde in {"true", "false"}:
        return waarde == "true"
    return [*filter(None, waarde.split(","))] if soort == "array" else waarde
