"""The own API at /api/v1, put together."""

from portal.api import (
    abonnementen,
    bewaargronden,
    interacties,
    klantbeeld,
    klanten,
    wijzigingen,
)
from portal.api.api import Api

UITLEG = (
    "Klantgegevens lezen zoals de klant ze zelf bijhoudt. Elke vraag naar persoonsgegevens noemt "
    "een doel (header `Doel`), wordt per persoon vastgelegd en is voor de klant te zien."
)
eigen = Api("/api/v1", title="Klantgegevens", description=UITLEG, urls_namespace="api-v1")
for onderdeel in (klanten, klantbeeld, interacties, bewaargronden, wijzigingen, abonnementen):
    eigen.add_router("", onderdeel.router)
