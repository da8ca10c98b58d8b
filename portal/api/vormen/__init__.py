"""What goes in and out of the own API, as types: the OpenAPI is made from these.

One module per noun; here is what they share.
"""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, StrictStr, StringConstraints
from pydantic.alias_generators import to_camel

BSN = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{9}$")]
KVK = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{8}$")]
VESTIGING = Annotated[StrictStr, StringConstraints(pattern="^[0-9]{12}$")]
KOPWAARDE = r"^[!-~]([ -~]*[!-~])?$"
"""What can stand in an HTTP header: visible ASCII, spaces only inside."""
Interactiesoort = Literal["melding", "vraag", "verzoek", "contactmoment"]
Rol = Literal["belanghebbende", "gesprekspartner", "initiator", "mede_initiator"]
Subject = Literal["natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "buitenlands"]


class Uit(Schema):
    """An answer: camelCase names, as the API Design Rules ask."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class In(Uit):
    """A question: an unknown key is a mistake of the caller."""
