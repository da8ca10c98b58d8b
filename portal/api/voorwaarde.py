"""If-Match on what is changed: who changes has seen the last state (428, 412)."""

import hashlib
import json
from collections.abc import Collection
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header

from portal.api.fouten import Fout

Gezien = Annotated[str | None, Header(alias="If-None-Match", description="De ETag die u had.")]
AlsGezien = Annotated[str | None, Header(alias="If-Match", description="De ETag die u zag.")]
AlsNieuw = Annotated[str | None, Header(alias="If-None-Match", description="* voor iets nieuws.")]


def inhoud_etag(vorm: Any) -> str:
    """A strong ETag over a body: it changes with every change of it."""
    ruw = json.dumps(vorm, sort_keys=True, ensure_ascii=False).encode()
    return f'"{hashlib.sha256(ruw).hexdigest()[:32]}"'


def eis_gezien(request: HttpRequest, nu: str | None) -> None:
    """Raises Fout 428 without If-Match (or If-None-Match: * for something new), 412 when stale."""
    nieuw = request.headers.get("If-None-Match") == "*"
    gezien = request.headers.get("If-Match", "")
    if not gezien and not nieuw:
        raise Fout("precondition_required", "Geef If-Match, of If-None-Match: * voor iets nieuws.")
    stand: set[str] = set() if nu is None else {nu}
    klopt = not stand if nieuw and not gezien else bool(stand) and is_gezien(gezien, stand)
    if not klopt:
        raise Fout("precondition_failed")


def is_gezien(kop: str, nu: Collection[str]) -> bool:
    """Say whether `If-Match` (a list of ETags, or `*`) names one of `nu` (RFC 9110, 13.1.1)."""
    return kop.strip() == "*" or any(deel.strip() in nu for deel in kop.split(","))
