"""The own API at /api/v1, put together."""

from portal.api import (
    abonnementen,
    bewaargronden,
    interacties,
    klantbeeld,
    klanten,
    terugmeldingen,
    wijzigingen,
)
from portal.api.api import Api

UITLEG = (
    "Klantgegevens lezen zoals de klant ze zelf bijhoudt. Elke vraag naar persoonsgegevens noemt "
    "een doel (header `Doel`), wordt per persoon vastgelegd en is voor de klant te zien."
)
eigen = Api("/api/v1", title="Klantgegevens", description=UITLEG, urls_namespace="api-v1")
ONDERDELEN = (
    klanten, klantbeeld, interacties, bewaargronden, terugmeldingen, wijzigingen, abonnementen,
)  # fmt: skip
for onderdeel in ONDERDELEN:
    eigen.add_router("", onderdeel.router)
