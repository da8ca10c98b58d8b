"""What the operations of the compatible surface share: headers, pages and the ETag."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header

from portal.api.api import met_etag
from portal.api.compat.jwt import ZgwRecht
from portal.api.voorwaarde import inhoud_etag

Gezien = Annotated[str | None, Header(alias="If-None-Match", description="De ETag die u had.")]
Toelichting = Annotated[
    str | None, Header(alias="X-Audit-Toelichting", description="Waarom u dit doet.")
]
NlxRegel = Annotated[
    str | None, Header(alias="X-NLX-Logrecord-ID", description="Wordt niet gebruikt.")
]

__all__ = ["Gezien", "NlxRegel", "Toelichting", "ZgwRecht", "met_inhoud_etag"]


def met_inhoud_etag(request: HttpRequest, vorm: dict[str, Any]) -> HttpResponse:
    """A strong ETag over the body, as the standard asks: it changes with the representation."""
    return met_etag(request, vorm, inhoud_etag(vorm))
