"""The bill of materials (CycloneDX 1.6) of what runs in production, the browser's part included."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from gereedschap.licenties import BASIS, Onderdeel, van_python, van_vormgeving


def _licenties(uitdrukking: str) -> list[dict[str, Any]]:
    """As CycloneDX writes them; a name that SPDX does not have (plain "BSD") goes as a name."""
    if " " in uitdrukking:
        return [{"expression": uitdrukking}]
    soort = "name" if uitdrukking == "BSD" else "id"
    return [{"license": {soort: uitdrukking}}]


def _van_npm(deel: Onderdeel) -> dict[str, Any]:
    groep, _, naam = deel.naam.rpartition("/")
    som = [{"alg": "SHA-512", "content": deel.sha512}] if deel.sha512 else []
    return {
        "type": "library", "bom-ref": deel.purl, "name": naam, "version": deel.versie,
        "purl": deel.purl, "licenses": _licenties(deel.licentie),
        **({"group": groep} if groep else {}), **({"hashes": som} if som else {}),
    }  # fmt: skip


def stuklijst() -> dict[str, Any]:
    """The bill; raises ValueError when it does not fit the schema."""
    uit = subprocess.check_output(
        [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements/basis.txt",
         "--output-reproducible"], cwd=BASIS,
    )  # fmt: skip
    lijst: dict[str, Any] = json.loads(uit)
    for deel in lijst["components"]:
        deel.pop("description")  # the line of the list again, with all its hashes
        deel["licenses"] = _licenties(van_python(deel["name"]))
    vormgeving = van_vormgeving()
    lijst["components"] += [_van_npm(deel) for deel in vormgeving]
    lijst["dependencies"] += [{"ref": deel.purl} for deel in vormgeving]
    project = tomllib.loads((BASIS / "pyproject.toml").read_text())["project"]
    lijst["metadata"]["component"] = {
        "type": "application", "bom-ref": "eigen-regie", "name": "eigen-regie",
        "version": project["version"], "licenses": _licenties("EUPL-1.2"),
    }  # fmt: skip
    if fout := JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(lijst)):
        raise ValueError(str(fout))
    return lijst


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(stuklijst(), indent=2, sort_keys=True) + "\n")
