"""The abonnementen of the Notificaties API 1.0.1 at /notificaties/api/v1, put together."""

from portal.api.api import Api
from portal.api.compat.abonnementen import router

UITLEG = (
    "Koppelvlak voor systemen die zich abonneren zoals in de Notificaties API 1.0.1 van VNG: "
    "alleen abonnementen, op het kanaal `klanten` met het kenmerk `subjectType`. Een notificatie "
    "zegt waar iets wijzigde, nooit wat."
)
notificaties = Api(
    "/notificaties/api/v1",
    altijd=(409, 410, 415),
    title="Notificaties API",
    description=UITLEG,
    urls_namespace="notificaties-v1",
)
notificaties.add_router("", router)
