"""De twee haken: wat op een Gebeurtenis volgt, en wat er aan mensen geschreven wordt.

Hogere pakketten hangen zich eraan in `apps.ready()`; alles loopt in de transactie van de handeling.
"""

from collections.abc import Callable

from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import Bericht

Gevolg = Callable[[Gebeurtenis], None]
Verzender = Callable[[Bericht], None]

_gevolgen: dict[str, Gevolg] = {}
_verzenders: dict[str, Verzender] = {}


def bij_elke_gebeurtenis(naam: str, gevolg: Gevolg) -> None:
    """Hang `gevolg` aan de haak, één keer per `naam`; roep dit aan in `apps.ready()`."""
    _gevolgen[naam] = gevolg


def bij_elk_bericht(naam: str, verzender: Verzender) -> None:
    """Hang `verzender` aan de haak: die schrijft het bericht in de uitbak, en verzendt nog niet."""
    _verzenders[naam] = verzender


def volg_op(gebeurtenis: Gebeurtenis) -> None:
    """Voer alle gevolgen uit; een fout breekt de transactie van de handeling af."""
    for gevolg in _gevolgen.values():
        gevolg(gebeurtenis)


def schrijf(bericht: Bericht) -> None:
    """Geef een bericht aan een mens door; een fout breekt de transactie van de handeling af."""
    for verzender in _verzenders.values():
        verzender(bericht)
