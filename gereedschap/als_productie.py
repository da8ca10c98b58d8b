"""Run a command of Django as in production: the environment of `.env.example`, fresh secrets.

Usage: python -m gereedschap.als_productie check --deploy --fail-level WARNING
"""

import os
import subprocess
import sys
from pathlib import Path

from portal.demo.omgeving import GEHEIMEN

BASIS = Path(__file__).resolve().parent.parent


def omgeving() -> dict[str, str]:
    """Return what `.env.example` sets, each empty secret made anew; nothing of our own shell."""
    regels = (BASIS / ".env.example").read_text().splitlines()
    gezet = dict(r.split("=", 1) for r in regels if r and not r.startswith("#"))
    for naam, waarde in gezet.items():
        if not waarde:
            gezet[naam] = GEHEIMEN[naam]()
    return gezet | {"PATH": os.environ["PATH"]}


if __name__ == "__main__":
    uit = subprocess.run(
        [sys.executable, "manage.py", *sys.argv[1:]], cwd=BASIS, env=omgeving(), check=False
    )
    sys.exit(uit.returncode)
