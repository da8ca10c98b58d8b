"""What the operations of the compatible surface share: headers, pages and the ETag."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Schema
from pydantic import Field

from portal.api.api import met_etag
from portal.api.compat.jwt import ZgwRecht
from portal.api.voorwaarde import Gezien, inhoud_etag

Toelichting = Annotated[
    str | None, Header(alias="X-Audit-Toelichting", description="Waarom u dit doet.")
]
NlxRegel = Annotated[
    str | None, Header(alias="X-NLX-Logrecord-ID", description="Wordt niet gebruikt.")
]


class Schrijfkoppen(Schema):
    """What may come along with a change; only If-Match does something."""

    als_gezien: str | None = Field(None, alias="If-Match", description="De ETag die u zag.")
    nlx: str | None = Field(None, alias="X-NLX-Logrecord-ID", description="Wordt niet gebruikt.")
    toelichting: str | None = Field(
        None, alias="X-Audit-Toelichting", description="Waarom u dit doet."
    )


__all__ = ["Gezien", "NlxRegel", "Schrijfkoppen", "Toelichting", "ZgwRecht", "met_inhoud_etag"]


def met_inhoud_etag(request: HttpRequest, vorm: dict[str, Any]) -> HttpResponse:
    """A strong ETag over the body, as the standard asks: it changes with the representation."""
    return met_etag(request, vorm, inhoud_etag(vorm))
