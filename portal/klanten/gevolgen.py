"""De haken: wat op een Gebeurtenis volgt, wat wij mensen schrijven, en wat nog niet weg mag.

Hogere pakketten hangen zich eraan in `apps.ready()`; alles loopt in de transactie van de handeling.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import Bericht, Zaak

Gevolg = Callable[[Gebeurtenis], None]
Verzender = Callable[[Bericht], None]
Interactiegevolg = Callable[[UUID], None]
Zakenbron = Callable[[UUID], Sequence[Zaak] | None]
Einde = Callable[[Collection[UUID], dt.datetime], None]
NogNodig = Callable[[Collection[UUID], dt.datetime], set[UUID]]

_gevolgen: dict[str, Gevolg] = {}
_als_laatste: set[str] = set()
_van_deze_handeling: ContextVar[list[Gebeurtenis] | None] = ContextVar("handeling", default=None)
_verzenders: dict[str, Verzender] = {}
_interactiegevolgen: dict[str, Interactiegevolg] = {}
_zakenbronnen: dict[str, Zakenbron] = {}
_eindes: dict[str, Einde] = {}
_nog_nodig: dict[str, NogNodig] = {}


def bij_elke_gebeurtenis(naam: str, gevolg: Gevolg, *, als_laatste: bool = False) -> None:
    """Hang `gevolg` aan de haak, één keer per `naam`; roep dit aan in `apps.ready()`.

    `als_laatste`: it locks a row that everybody needs, so it waits until all else of the act is
    done and nothing but the COMMIT follows (docs/besluiten, 0107).
    """
    _gevolgen[naam] = gevolg
    if als_laatste:
        _als_laatste.add(naam)


def bij_elke_interactie(naam: str, gevolg: Interactiegevolg) -> None:
    """Hang `gevolg` aan de haak: een interactie is er gekomen of veranderd (haar uuid).

    An interactie has no Gebeurtenis: it never changes the klant.
    """
    _interactiegevolgen[naam] = gevolg


def bij_elk_bericht(naam: str, verzender: Verzender) -> None:
    """Hang `verzender` aan de haak: die schrijft het bericht in de uitbak, en verzendt nog niet."""
    _verzenders[naam] = verzender


def bij_verwijderen(naam: str, zakenbron: Zakenbron) -> None:
    """Hang een bron van zaken aan de haak: wat loopt er voor deze klant, of None als zij zwijgt.

    Asked outside the transaction, before anything is deleted; it may call another system.
    """
    _zakenbronnen[naam] = zakenbron


def bij_einde_terugmelding(naam: str, einde: Einde) -> None:
    """Hang `einde` aan de haak: deze terugmeldingen (hun uuids) gaan nu weg, zonder Gebeurtenis."""
    _eindes[naam] = einde


def bij_opruimen(naam: str, nog_nodig: NogNodig) -> None:
    """Hang een vraag aan de haak: van welke van deze onderwerpen moet de Gebeurtenis nog blijven.

    Asked with the uuids and the moment, before facts of deleted klanten are purged (besluiten 14).
    """
    _nog_nodig[naam] = nog_nodig


@contextmanager
def handeling() -> Iterator[None]:
    """Eén handeling in een transactie; wat als laatste komt volgt aan het eind van de buitenste.

    Of a part that fails nothing follows: its transaction undoes it.
    """
    buitenste = _van_deze_handeling.get()
    eigen: list[Gebeurtenis] = []
    terug = _van_deze_handeling.set(eigen)
    try:
        yield
    finally:
        _van_deze_handeling.reset(terug)
    if buitenste is not None:
        buitenste.extend(eigen)
        return
    for gebeurtenis in eigen:
        _voer_uit(gebeurtenis, laatste=True)


def volg_op(gebeurtenis: Gebeurtenis) -> None:
    """Voer alle gevolgen uit, die als laatste komen aan het eind van de `handeling`.

    Een fout breekt de transactie van de handeling af.
    """
    _voer_uit(gebeurtenis, laatste=False)
    lopend = _van_deze_handeling.get()
    if lopend is None:
        _voer_uit(gebeurtenis, laatste=True)
    else:
        lopend.append(gebeurtenis)


def _voer_uit(gebeurtenis: Gebeurtenis, *, laatste: bool) -> None:
    for naam, gevolg in _gevolgen.items():
        if (naam in _als_laatste) is laatste:
            gevolg(gebeurtenis)


def volg_interactie_op(interactie: UUID) -> None:
    """Voer uit wat op een interactie volgt; een fout breekt de transactie van de handeling af."""
    for gevolg in _interactiegevolgen.values():
        gevolg(interactie)


def schrijf(bericht: Bericht) -> None:
    """Geef een bericht aan een mens door; een fout breekt de transactie van de handeling af."""
    for verzender in _verzenders.values():
        verzender(bericht)


def zaken_van(klant_id: UUID) -> list[Zaak] | None:
    """Return the zaken of this klant from all sources; None when one of them does not answer.

    No source means that nothing holds (OWN-3).
    """
    antwoorden = [zakenbron(klant_id) for zakenbron in _zakenbronnen.values()]
    if any(antwoord is None for antwoord in antwoorden):
        return None
    return [zaak for antwoord in antwoorden for zaak in antwoord or ()]


def eindig_terugmeldingen(terugmeldingen: Collection[UUID], *, op: dt.datetime) -> None:
    """Voer uit wat op hun einde volgt; een fout breekt de transactie af."""
    for einde in _eindes.values():
        einde(terugmeldingen, op)


def nog_nodig(onderwerpen: Collection[UUID], *, op: dt.datetime) -> set[UUID]:
    """Return which of these subjects some package above still needs the Gebeurtenissen of."""
    return {sleutel for vraag in _nog_nodig.values() for sleutel in vraag(onderwerpen, op)}
