"""The log-ins a person can look back at for 90 days; kept only for who has a klant (MIN-4)."""

import datetime as dt

from django.db.models import QuerySet

from accounts.inlog import Inlog
from accounts.models import Inlogregel

BEWAREN = dt.timedelta(days=90)


def leg_vast(inlog: Inlog, *, op: dt.datetime) -> Inlogregel:
    """Keep one line of this login; the caller knows that its subject has a klant."""
    return Inlogregel.objects.create(
        subject=inlog.ingelogd_index,
        handelende=inlog.handelende_pseudoniem,
        op=op,
        middel=inlog.middel,
        niveau=inlog.rang,
    )


def regels_van(subject: str, *, op: dt.datetime) -> QuerySet[Inlogregel]:
    """The log-ins of this subject in the 90 days before `op`, newest first."""
    return Inlogregel.objects.filter(subject=subject, op__gt=op - BEWAREN).order_by("-op")


def herken_niet(subject: str, regel: int, *, op: dt.datetime) -> bool:
    """Note that the person does not recognise this login of their own; False when it is not."""
    eigen = Inlogregel.objects.filter(pk=regel, subject=subject, niet_herkend_op=None)
    return bool(eigen.update(niet_herkend_op=op))


def wis(subject: str) -> int:
    """Forget all lines of a subject, when its last klant is gone; return how many."""
    return Inlogregel.objects.filter(subject=subject).delete()[0]


def ruim_op(op: dt.datetime) -> int:
    """Remove lines older than 90 days; return how many."""
    return Inlogregel.objects.filter(op__lte=op - BEWAREN).delete()[0]
