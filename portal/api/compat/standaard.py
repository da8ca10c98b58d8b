"""The Klanten API 1.0.0 at /klanten/api/v1, put together."""

from portal.api.api import Api
from portal.api.compat.audittrail import router as audittrail
from portal.api.compat.schrijven import router as klanten

UITLEG = (
    "Koppelvlak voor systemen die de Klanten API 1.0.0 van VNG spreken. Uitbreidingen: `_zoek`, "
    "`gevalideerd`, `kvkNummer`, `rekeningnummer` en `correspondentieadres`. Elke vraag wordt per "
    "persoon vastgelegd en is voor de klant te zien."
)
standaard = Api(
    "/klanten/api/v1",
    altijd=(409, 410, 415),
    title="Klanten API",
    description=UITLEG,
    urls_namespace="klanten-v1",
)
standaard.add_router("", klanten)
standaard.add_router("", audittrail)
