"""De regels van de overheid voor API's, met hun eigen linter (Spectral)."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen

HIER = Path(__file__).parent / "standaard"
WORTEL = Path(__file__).parents[2]
SPECTRAL = WORTEL / "tests" / "interop" / "node_modules" / ".bin" / "spectral"

pytestmark = [
    pytest.mark.lang,
    pytest.mark.skipif(not SPECTRAL.exists(), reason="make interop zet Spectral klaar"),
]


@pytest.mark.parametrize(
    ("api", "regels"),
    [
        (eigen, "adr-linter.yaml"),
        (standaard, "adr-linter-koppelvlak.yaml"),
        (notificaties, "adr-linter.yaml"),
    ],
    ids=["eigen", "koppelvlak", "notificaties"],
)
def test_de_linter_vindt_geen_fout(api: Any, regels: str, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(api.get_openapi_schema()))
    node = shutil.which("node", path=f"{WORTEL / '.venv' / 'bin'}:{os.environ['PATH']}")
    uit = subprocess.run(
        [str(node), SPECTRAL, "lint", document, "--ruleset", HIER / regels, "--format", "json",
         "--fail-severity", "error"],
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    gevonden = json.loads(uit.stdout or "[]")
    fouten = [(f["code"], "/".join(map(str, f["path"]))) for f in gevonden if f["severity"] == 0]
    assert fouten == [], uit.stderr
    assert uit.returncode == 0, uit.stderr
