"""The Nu Html Checker (vnu-jar, Java), or html-validate where there is no Java."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = Path(__file__).resolve().parents[2] / "assets" / "node_modules"
VNU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = NODE / ".bin" / "html-validate"
SCHIL = '<!doctype html><html lang="nl"><head><title>deel</title></head><body>{}</body></html>'


def als_bladzijde(html: str) -> str:
    """A part of a page (an answer to htmx) in the smallest page around it."""
    if html.lstrip().lower().startswith("<!doctype"):
        return html
    voor_de_rij, rij, _ = html.split("<form")[0].partition("<dt")
    return SCHIL.format(f"<dl>{html}</dl>" if rij and "<dl" not in voor_de_rij else html)


def keur(map_: Path) -> list[str]:
    """The errors in the html files of this folder: file, line, what."""
    if not HTML_VALIDATE.exists():
        pytest.fail("De keurmeesters ontbreken: draai make keurmeesters")
    return _vnu(map_) if shutil.which("java") else _html_validate(map_)


def _vnu(map_: Path) -> list[str]:
    opdracht = ["java", "-jar", str(VNU), "--format", "json", "--errors-only", str(map_)]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    fouten = json.loads(uit.stderr)["messages"]
    return [f"{Path(f['url']).name}:{f.get('lastLine')}: {f['message']}" for f in fouten]


def _html_validate(map_: Path) -> list[str]:
    opdracht = [str(HTML_VALIDATE), "--preset", "standard,a11y", "-f", "json", str(map_)]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    return [
        f"{Path(b['filePath']).name}:{f['line']}: {f['message']} (zonder Java: html-validate)"
        for b in json.loads(uit.stdout)
        for f in b["messages"]
        if f["severity"] == 2
    ]
