"""De nieuwe waarden in een bericht, alleen voor wie daar een doel voor heeft."""

from uuid import UUID

from portal.webhooks.bericht import Feiten


def waarden_voor(feiten: Feiten, doel: str, abonnement: UUID) -> dict[str, object] | None:
    """De waarden in gebruik van de gewijzigde velden die `doel` mag zien; None zonder klant."""
    return None
