"""De feed: wat er gebeurde, nooit de waarden."""

from datetime import datetime
from uuid import UUID

from portal.api.vormen import Uit


class GebeurtenisUit(Uit):
    """Wat er gebeurde en welke velden, nooit de waarden."""

    id: UUID
    soort: str
    onderwerp: UUID
    subjectsoort: str
    versie: int
    velden: list[str]
    gebeurd_op: datetime


class WijzigingenUit(Uit):
    """Een bladzijde van de feed; `volgende` is altijd een cursor om mee verder te gaan."""

    wijzigingen: list[GebeurtenisUit]
    volgende: str
