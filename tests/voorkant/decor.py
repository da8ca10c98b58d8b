"""What the neighbours answer to a page of the lists, and what stood there when none was asked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from accounts.identiteit import Identiteit, Soort
from accounts.models import Teller
from portal.klanten.models import Klant, Proces
from portal.klanten.regels import Contactsoort
from portal.registers.basisgegevens import Beeld, Getoond
from portal.registers.brp import Persoon
from portal.registers.interacties.lezen import Contact, Contacten
from portal.registers.kvk import Onderneming, Vestiging
from portal.registers.openklant.voorstellen import Aard, Voorstel
from portal.registers.pdok import Adres
from portal.registers.verbinding import Buurstoring
from tests.voorkant.paginas import Pagina, mensen

DECOR: dict[str, Any] = {}
UIT, NIETS, NU_NIET = (
    Getoond[Any](Beeld.UIT),
    Getoond[Any](Beeld.NIETS),
    Getoond[Any](Beeld.NU_NIET),
)
ELDERS = (
    Voorstel(
        daar=UUID("22222222-2222-4222-8222-000000000001"),
        aard=Aard.NIEUW,
        soort=Contactsoort.EMAIL,
        waarde="noor.werk@example.org",
    ),
    Voorstel(
        daar=UUID("22222222-2222-4222-8222-000000000002"),
        aard=Aard.NIEUW,
        soort=Contactsoort.TELEFOON,
        waarde="+31201234567",
    ),
)
VESTIGINGEN = (
    Vestiging(
        Identiteit(Soort.VESTIGING, "000090000011", "90000011"),
        naam="Bakkerij De Korenbloem",
        adres="Dorpsstraat 3 1234AB Waterveen",
        hoofd=True,
    ),
    Vestiging(
        Identiteit(Soort.VESTIGING, "000090000022", "90000011"),
        naam="De Korenbloem aan de haven",
        adres="Havenkade 12 1235AB Waterveen",
    ),
)
NOOR_IN_BRP = Persoon(
    "Noor Elisabeth de Wit",
    ("Kerkstraat 12 B", "1234 AB WATERVEEN"),
    in_onderzoek=True,
    woont_niet_op_adres=True,
)
BAKKERIJ_IN_HR = Onderneming(
    "Bakkerij De Korenbloem", adresregels=("Dorpsstraat 3", "1234 AB Waterveen")
)
WATERLAAN = Adres("Waterlaan", 12, "", "", "1234AB", "Waterveen", "")
CONTACTEN = Contacten(
    (
        Contact("verzoek", "2026-11-03T09:30:00Z", "V-7", "web", "in_behandeling", "Mijn vraag"),
        Contact("contactmoment", "2026-10-02T14:05:00Z", "", "telefoon", "", "Gebeld"),
    ),
    onvolledig=True,
)


def er(waarde: Any) -> Getoond[Any]:
    """The neighbour knows this."""
    return Getoond(Beeld.ER, waarde)


def met(**antwoorden: Any) -> Callable[[], None]:
    """Bring about the people, and these answers of neighbours."""

    def doe() -> None:
        mensen()
        DECOR.update(antwoorden)

    return doe


def antwoord(naam: str, gewoon: Any) -> Callable[..., Any]:
    """What a neighbour says when a page asks: as the state wants it, or as usual."""

    def doe(*_: Any) -> Any:
        gegeven = DECOR.get(naam, gewoon)
        if gegeven is Buurstoring:
            raise Buurstoring("proef")
        return gegeven

    return doe


def register(_request: Any, welk: str, _vraag: Any) -> Any:
    """The base register of this name, in the place of the one that is asked."""
    return antwoord(welk, UIT)()


def zet_klaar(pagina: Pagina) -> None:
    """Bring about what this page shows; an earlier page leaves no answer, counter or wish."""
    DECOR.clear()
    Teller.objects.all().delete()
    Proces.objects.update(open_kanaal=True)
    Klant.objects.filter(inactief_op=None).update(verwijdering_gevraagd_op=None)
    if pagina.klaar:
        pagina.klaar()
