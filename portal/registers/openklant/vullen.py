"""Open Klant vullen met de klanten die er al waren, rustig aan en zo vaak als nodig is."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value

from portal.klanten.models import Klant
from portal.registers import uitbak
from portal.registers.models import Koppeling


def nog_niet() -> QuerySet[Klant]:
    """Return the klanten whose present version Open Klant has not."""
    bijgewerkt = Koppeling.objects.filter(klant=OuterRef("pk"), versie__gte=OuterRef("versie"))
    return Klant.objects.filter(~Exists(bijgewerkt), gevalideerd=True, inactief_op=None)


def te_vullen() -> list[UUID]:
    """Return whom Open Klant has not and nobody promised her yet.

    What was tried and refused waits in the outbox, so a next run goes on where the last stopped.
    """
    belooft = uitbak.wacht_al(Value("openklant"), OuterRef("pk"))
    return list(nog_niet().exclude(belooft).order_by("pk").values_list("pk", flat=True))


class Ritme:
    """Nooit twee klanten binnen één tussentijd (in seconden); verloren tijd wordt niet ingehaald.

    `klok` gives seconds that only go forward, `slaap` waits so many.
    """

    def __init__(
        self, tussentijd: float, *, klok: Callable[[], float], slaap: Callable[[float], None]
    ) -> None:
        self._tussentijd, self._klok, self._slaap = tussentijd, klok, slaap
        self._vanaf = klok()

    def wacht(self) -> None:
        """Sleep until the next one may go."""
        nu = self._klok()
        begin = max(self._vanaf, nu)
        self._slaap(begin - nu)
        self._vanaf = begin + self._tussentijd
