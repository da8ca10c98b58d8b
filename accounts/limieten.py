"""How often something may happen: counters in PostgreSQL, so that all web processes agree."""

import math
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.models import Teller

TEL = """
insert into accounts_teller as t (sleutel, eindigt_op, aantal) values (%s, %s, 1)
on conflict (sleutel) do update set
    aantal = case when t.eindigt_op <= %s then 1 else least(t.aantal + 1, 1000000000) end,
    eindigt_op = case when t.eindigt_op <= %s then excluded.eindigt_op else t.eindigt_op end
returning aantal, eindigt_op
"""


def tel(sleutel: str, *, venster_s: int, maximum: int, op: datetime) -> int:
    """Count one more `sleutel` and return how many seconds to wait; 0 means allowed.

    At most `maximum` in `venster_s` seconds, counted from the first one. The key is stored as a
    keyed hash, so it may hold a client address or an index. One statement: two processes never
    both get the last place. Call it outside the transaction of the act, else a refusal that rolls
    back takes the count along.
    """
    aantal, eindigt_op = _tel(sleutel, venster_s, op)
    return 0 if aantal <= maximum else max(1, math.ceil((eindigt_op - op).total_seconds()))


def hoeveelste(sleutel: str, *, venster_s: int, op: datetime) -> int:
    """Count one more `sleutel` and return how many there were in this window, for who only watches.

    Each number is returned once, also to two processes at the same moment. As `tel` otherwise.
    """
    return _tel(sleutel, venster_s, op)[0]


def ruim_op(op: datetime) -> int:
    """Remove the counters whose window has ended; return how many."""
    return Teller.objects.filter(eindigt_op__lte=op).delete()[0]


def _tel(sleutel: str, venster_s: int, op: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(TEL, [_hash(sleutel, venster_s), op + timedelta(seconds=venster_s), op, op])
        aantal, eindigt_op = cursor.fetchone()
    return aantal, eindigt_op


def _hash(sleutel: str, venster_s: int) -> str:
    return salted_hmac(
        "accounts.limieten", f"{venster_s}:{sleutel}", algorithm="sha256"
    ).hexdigest()
