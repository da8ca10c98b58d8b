"""Strict reading of a JSON body: what two readers could understand differently is refused."""

import json
import unicodedata
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest
from ninja.parser import Parser

from portal.api.fouten import Fout

DIEPTE = 10


def lees(request: HttpRequest) -> dict[str, Any]:
    """Return the object in the body; raises Fout 413, 415 or 400 `parse_error`."""
    if request.content_type != "application/json":
        raise Fout("unsupported_media_type", "Stuur application/json.")
    if len(request.body) > settings.API_LICHAAM_MAXIMUM:
        raise Fout("te-groot", f"Hooguit {settings.API_LICHAAM_MAXIMUM} bytes.")
    waarde = ontleed(request.body)
    if not isinstance(waarde, dict):
        raise Fout("parse_error", "De inhoud is geen JSON-object.")
    return waarde


def ontleed(ruw: bytes) -> Any:
    """Parse JSON: no duplicate keys, NaN, deep nesting, NUL or lone surrogate; text becomes NFC."""
    try:
        waarde = json.loads(
            ruw.decode(), object_pairs_hook=_enkel, parse_constant=_geen_getal, parse_int=_geheel
        )
        return _schoon(waarde, 0)
    except (ValueError, RecursionError):
        raise Fout("parse_error", "De inhoud is geen geldige of geen eenduidige JSON.") from None


def _enkel(paren: list[tuple[str, Any]]) -> dict[str, Any]:
    object_ = dict(paren)
    if len(object_) != len(paren):
        raise ValueError("dubbele sleutel")
    return object_


def _geen_getal(naam: str) -> NoReturn:
    raise ValueError(naam)


def _geheel(tekst: str) -> int:
    if len(tekst) > 20:
        raise ValueError("getal te lang")
    return int(tekst)


def _schoon(waarde: Any, diepte: int) -> Any:
    if diepte > DIEPTE:
        raise ValueError("te diep")
    if isinstance(waarde, dict):
        return {_tekst(k): _schoon(v, diepte + 1) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [_schoon(deel, diepte + 1) for deel in waarde]
    return _tekst(waarde) if isinstance(waarde, str) else waarde


def _tekst(tekst: str) -> str:
    """A lone surrogate fails to encode (UnicodeEncodeError is a ValueError)."""
    tekst.encode()
    if "\x00" in tekst:
        raise ValueError("NUL")
    return unicodedata.normalize("NFC", tekst)


class StrengeParser(Parser):
    """The parser of the own API."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return lees(request)
