"""De ene haak: hogere pakketten hangen hier wat op een Gebeurtenis volgt, zelfde transactie."""

from collections.abc import Callable

from portal.klanten.models import Gebeurtenis

Gevolg = Callable[[Gebeurtenis], None]

_gevolgen: dict[str, Gevolg] = {}


def bij_elke_gebeurtenis(naam: str, gevolg: Gevolg) -> None:
    """Hang `gevolg` aan de haak, één keer per `naam`; roep dit aan in `apps.ready()`."""
    _gevolgen[naam] = gevolg


def volg_op(gebeurtenis: Gebeurtenis) -> None:
    """Voer alle gevolgen uit; een fout breekt de transactie van de handeling af."""
    for gevolg in _gevolgen.values():
        gevolg(gebeurtenis)
