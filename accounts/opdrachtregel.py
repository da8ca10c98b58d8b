"""Wie er achter een opdrachtregel zit: een naam of nummer dat iemand zelf noemt."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

OPDRACHTREGEL = "opdrachtregel"


def vraag_door(parser: ArgumentParser, *, verplicht: bool = False) -> None:
    """Add `--door`: a server has one account for all its managers."""
    parser.add_argument(
        "--door", default="", required=verplicht, help="wie dit doet: uw naam of nummer"
    )


def door_van(opties: Mapping[str, Any]) -> str:
    """Return how who acts is written down, at most 100 characters."""
    naam = str(opties["door"]).strip()
    return f"{OPDRACHTREGEL}: {naam}"[:100] if naam else OPDRACHTREGEL
