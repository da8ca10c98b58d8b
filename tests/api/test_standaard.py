"""Ons koppelvlak naast het bestand van de standaard: alles staat erin, elk verschil is benoemd.

`standaard/klanten-1.0.0.yaml` is VNG's own file (EUPL-1.2), with its source on top.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.api.compat.standaard import standaard

VNG = yaml.safe_load((Path(__file__).parent / "standaard" / "klanten-1.0.0.yaml").read_text())
ONS: dict[str, Any] = dict(standaard.get_openapi_schema())
METHODEN = ("get", "post", "put", "patch", "delete")

VERSCHILLEN = {
    "param Content-Type": "ninja toetst het zelf: een andere vorm is 415",
    "verplicht Klant.klantnummer": "op invoer niet verplicht: de server maakt het (C6)",
    "verplicht Klant.websiteUrl": "op invoer niet verplicht (C6); op uitvoer altijd aanwezig",
    "minLength Klant.websiteUrl": "leeg als er geen is: nooit een verzonnen adres (C6)",
    "format Klant.websiteUrl": "leeg is geen URI (C6)",
    "format Klant.subject": "altijd leeg: een subject-URL bewaren wij niet",
    "format Klant.emailadres": "leeg is geen e-mailadres; onze eigen toets is strenger",
    "subject als allOf": "wij schrijven `subjectIdentificatie` uit in Klant zelf",
}
"""Wat afwijkt van het bestand, met de reden; docs/api.md noemt dezelfde lijst."""

OMHULSELS = {
    "natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging",
    "subject_identificatie_NatuurlijkPersoon", "subject_identificatie_NietNatuurlijkPersoon",
    "subject_identificatie_Vestiging",
}  # fmt: skip


def _operaties(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for pad, methoden in document["paths"].items():
        for methode in METHODEN:
            if methode in methoden:
                gedeeld = methoden.get("parameters", [])
                operatie = methoden[methode]
                yield pad, methode, {
                    **operatie, "parameters": [*gedeeld, *operatie.get("parameters", [])],
                }  # fmt: skip


VAN_VNG = [pytest.param(*o, id=f"{o[1]} {o[0]}") for o in _operaties(VNG)]


@pytest.mark.parametrize(("pad", "methode", "vng"), VAN_VNG)
def test_elke_operatie_met_parameters_en_statussen(
    pad: str, methode: str, vng: dict[str, Any]
) -> None:
    ons = ONS["paths"][pad][methode]
    assert ons["operationId"] == vng["operationId"]
    namen = {(p["in"], p["name"]) for p in vng["parameters"]} - {("header", "Content-Type")}
    assert namen <= {(p["in"], p["name"]) for p in ons["parameters"]}
    assert set(vng["responses"]) <= set(ons["responses"])


@pytest.mark.parametrize(("pad", "methode", "vng"), VAN_VNG)
def test_elke_parameter_heeft_het_type_van_de_standaard(
    pad: str, methode: str, vng: dict[str, Any]
) -> None:
    ons = {p["name"]: _plat(p["schema"]) for p in ONS["paths"][pad][methode]["parameters"]}
    for parameter in vng["parameters"]:
        if parameter["name"] != "Content-Type":
            schema = parameter["schema"]
            eigen = ons[parameter["name"]]
            assert eigen["type"] == schema["type"]
            assert eigen.get("enum") == schema.get("enum")


def _plat(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without null, and with what a reference stands for."""
    if "$ref" in schema:
        return _plat(ONS["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    for keuze in schema.get("anyOf", []):
        if keuze.get("type") != "null":
            buiten = {naam: waarde for naam, waarde in schema.items() if naam != "anyOf"}
            return {**buiten, **_plat(keuze)}
    return schema


VELDEN = [
    pytest.param(naam, veld, schema, id=f"{naam}.{veld}")
    for naam, object_ in VNG["components"]["schemas"].items()
    if naam not in OMHULSELS
    for veld, schema in object_.get("properties", {}).items()
]


@pytest.mark.parametrize(("naam", "veld", "vng"), VELDEN)
def test_elk_veld_heeft_type_lengte_en_keuzes_van_de_standaard(
    naam: str, veld: str, vng: dict[str, Any]
) -> None:
    eigen = ONS["components"]["schemas"][naam]["properties"][veld]
    plat = _plat(eigen)
    assert plat["type"] == _vng_type(vng)
    for regel in ("maxLength", "minLength", "pattern", "format"):
        if regel in vng and f"{regel} {naam}.{veld}" not in VERSCHILLEN:
            assert plat.get(regel) == vng[regel], regel
    if "enum" in vng:
        assert set(plat["enum"]) == set(vng["enum"])


def _vng_type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(VNG["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]["type"])
    return str(schema.get("type", "object"))


@pytest.mark.parametrize("naam", [n for n in VNG["components"]["schemas"] if n not in OMHULSELS])
def test_wat_de_standaard_verplicht_is_bij_ons_verplicht(naam: str) -> None:
    vng = set(VNG["components"]["schemas"][naam].get("required", []))
    ons = set(ONS["components"]["schemas"][naam].get("required", []))
    assert vng <= ons


def test_de_scopes_van_de_standaard_zijn_de_onze() -> None:
    for pad, methode, operatie in _operaties(VNG):
        [recht] = operatie["security"]
        assert ONS["paths"][pad][methode]["security"] == [{"ZgwRecht": recht["JWT-Claims"]}]


def test_elk_verschil_heeft_een_reden_en_staat_in_de_uitleg() -> None:
    uitleg = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    assert all(reden in uitleg for reden in VERSCHILLEN.values())
