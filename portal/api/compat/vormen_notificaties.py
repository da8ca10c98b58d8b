"""The schemas of the Notificaties API 1.0.1, by the names of the standard."""

from typing import Annotated

from pydantic import Field, StrictStr

from portal.api.compat.vormen import ALLEEN_LEZEN, Standaard, Uri
from portal.api.vormen import KOPWAARDE

Kenmerk = Annotated[StrictStr, Field(min_length=1, max_length=1000)]
AUTH = "De hele waarde van de kop Authorization; komt in geen antwoord terug."


class FilterGroup(Standaard):
    """Een kanaal met de kenmerken waarop het gefilterd wordt; `*` is elke waarde."""

    naam: StrictStr = Field(min_length=1)
    filters: dict[str, Kenmerk] = Field(default_factory=dict)


class Abonnement(Standaard):
    url: Uri = Field(min_length=1, max_length=1000, json_schema_extra=ALLEEN_LEZEN)
    callbackUrl: Uri = Field(min_length=1)
    kanalen: list[FilterGroup]


class AbonnementIn(Standaard):
    """`url` mag mee, zoals in wat wij antwoorden, maar verandert niets."""

    url: Uri | None = None
    callbackUrl: Uri = Field(min_length=1)
    auth: StrictStr = Field(min_length=1, max_length=4000, pattern=KOPWAARDE, description=AUTH)
    kanalen: list[FilterGroup] = Field(min_length=1)


class AbonnementPatch(Standaard):
    """Wat in de body staat verandert; de rest blijft."""

    url: Uri | None = None
    callbackUrl: Uri = Field(default_factory=str, min_length=1)
    auth: StrictStr = Field(
        default_factory=str, min_length=1, max_length=4000, pattern=KOPWAARDE, description=AUTH
    )
    kanalen: list[FilterGroup] = Field(default_factory=list, min_length=1)
