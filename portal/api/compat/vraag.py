"""What the operations of the compatible surface share: headers, pages and the ETag."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from portal.api.api import met_etag
from portal.api.compat.jwt import ZgwRecht
from portal.api.voorwaarde import Gezien, inhoud_etag


class Meldkoppen(Schema):
    """What the standard lets come along with every write; nothing is done with it."""

    nlx: str | None = Field(None, alias="X-NLX-Logrecord-ID", description="Wordt niet gebruikt.")
    toelichting: str | None = Field(
        None, alias="X-Audit-Toelichting", description="Waarom u dit doet."
    )


class Schrijfkoppen(Meldkoppen):
    """The same for a change of what is there already, with the state that one saw."""

    als_gezien: str | None = Field(None, alias="If-Match", description="De ETag die u zag.")


__all__ = ["Gezien", "Meldkoppen", "Schrijfkoppen", "ZgwRecht", "met_inhoud_etag"]


def met_inhoud_etag(request: HttpRequest, vorm: dict[str, Any]) -> HttpResponse:
    """A strong ETag over the body, as the standard asks: it changes with the representation."""
    return met_etag(request, vorm, inhoud_etag(vorm))
