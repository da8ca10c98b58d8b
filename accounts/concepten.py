"""What was typed survives a step-up and the end of a session: sealed, 15 minutes, own person only.

The draft is keyed by the principal, by whom that acted for (a company, or one branch of it) and by
the name of the form (its path), so it needs no session, nobody else can find it, and it never comes
back in a form for another one. It is erased when it is taken, at save and at logout.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from django.http import HttpRequest
from django.utils import timezone

from accounts.inlog import Inlog, inlog_van
from accounts.models import Concept
from accounts.zegel import Onleesbaar

LEVENSDUUR = dt.timedelta(minutes=15)
MAXIMUM = 50_000
_NIET = {"csrfmiddlewaretoken"}
Velden = dict[str, list[str]]


def _sleutel(inlog: Inlog, naam: str) -> str:
    wie = (inlog.account_index, inlog.subject_index, naam)
    return sha256("\x1f".join(wie).encode()).hexdigest()


def bewaar_voor(inlog: Inlog, naam: str, velden: Mapping[str, Sequence[str]]) -> None:
    """Keep the fields for who acts in `inlog`; longer than 50,000 characters is not kept."""
    tekst = json.dumps({veld: list(w) for veld, w in velden.items() if veld not in _NIET})
    if len(tekst) > MAXIMUM:
        return
    Concept.objects.update_or_create(
        sleutel=_sleutel(inlog, naam),
        defaults={
            "account": inlog.account_index,
            "velden": tekst,
            "bewaard_op": timezone.now(),
        },
    )


def bewaar_concept(request: HttpRequest, naam: str, velden: Mapping[str, Sequence[str]]) -> None:
    """Keep what the person typed in the form `naam` (its path): field name to list of values."""
    bewaar_voor(inlog_van(request), naam, velden)


def concept_van(request: HttpRequest, naam: str) -> Velden | None:
    """Take back what this person typed in the form `naam` in the last 15 minutes, once; or None."""
    rijen = Concept.objects.filter(pk=_sleutel(inlog_van(request), naam))
    try:
        rij = rijen.first()
    except Onleesbaar:
        rijen.delete()
        return None
    if rij is None:  # nearly always; then there is nothing to erase either
        return None
    rijen.delete()
    if rij.bewaard_op <= timezone.now() - LEVENSDUUR:
        return None
    velden: Velden = json.loads(rij.velden)
    return velden


def wis_concepten(account: str) -> None:
    """Erase every draft of this principal, at logout."""
    Concept.objects.filter(account=account).delete()


def ruim_op(op: dt.datetime) -> int:
    """Remove drafts older than 15 minutes; return how many."""
    return Concept.objects.filter(bewaard_op__lte=op - LEVENSDUUR).delete()[0]
