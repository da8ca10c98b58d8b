"""Open Klant vullen met de klanten die er al waren, rustig aan en zo vaak als nodig is."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from portal.klanten.models import Klant
from portal.registers.models import Koppeling


def te_vullen() -> list[UUID]:
    """Return the klanten whose present version Open Klant has not; what is done is left out."""
    bijgewerkt = Koppeling.objects.filter(klant=OuterRef("pk"), versie__gte=OuterRef("versie"))
    klanten = Klant.objects.filter(gevalideerd=True, inactief_op=None)
    return list(klanten.filter(~Exists(bijgewerkt)).order_by("pk").values_list("pk", flat=True))


def momenten(begin: float, per_minuut: int) -> Iterator[float]:
    """Yield when each next one may go, in seconds after `begin`; never two in one interval."""
    volgende = begin
    while True:
        yield volgende
        volgende += 60 / per_minuut
