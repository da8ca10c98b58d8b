"""Opaque cursors: where a page ended, signed, so that only ours are read."""

from typing import Any

from django.core import signing

from portal.api.fouten import Fout

_ZEGEL = "api.cursor"


def maak(soort: str, *plaats: Any) -> str:
    """A cursor for one list (`soort`) that holds the place of the last row given."""
    return signing.dumps(plaats, salt=f"{_ZEGEL}.{soort}")


def lees(soort: str, cursor: str) -> list[Any]:
    """The place in a cursor of ours; raises Fout 404 `cursor-ongeldig`."""
    try:
        plaats: list[Any] = signing.loads(cursor, salt=f"{_ZEGEL}.{soort}")
    except signing.BadSignature:
        raise Fout("cursor-ongeldig") from None
    return plaats
