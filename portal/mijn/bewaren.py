"""Formulier naar handeling: een regel die nee zegt, wordt een melding in het formulier."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext

from portal.klanten.handelingen.sleutels import al_gedaan
from portal.klanten.regels import IntussenGewijzigd, NietGevonden, RegelGeschonden
from portal.mijn.forms.eenmalig import EenmaligFormulier

T = TypeVar("T")


def bewaar(formulier: EenmaligFormulier, handeling: Callable[[], T]) -> T | None:
    """Voer de handeling uit; geef haar uitkomst, of None als een regel haar weigerde.

    Someone was first, or another tab opened another klant: `formulier.conflict` is set and the
    page becomes the conflict page. A value that is gone: 404. A form that succeeded before gives
    its first result again, whatever is open now.
    """
    try:
        if not al_gedaan(formulier.cleaned_data["sleutel"]):
            formulier.eis_wat_getoond_is()
        return handeling()
    except IntussenGewijzigd:
        formulier.meld_conflict()
    except NietGevonden as fout:
        raise Http404 from fout
    except RegelGeschonden as fout:
        veld = fout.veld if fout.veld in formulier.fields else None
        formulier.add_error(veld, fout.in_taal(gettext))
    return None
