"""Counts of this process, written to `webhooks_teller` at the end of each pump."""

import datetime as dt
from collections import Counter

from psycopg_pool import AsyncConnectionPool

from portal.webhooks.cijfers import DUUR_BAKKEN, VERTRAGING_BAKKEN, bak
from portal.webhooks.pomp.rijen import schrijf

SCHRIJF = """
insert into webhooks_teller as t (naam, abonnement_id, label, waarde)
select naam, nullif(abonnement, 0), label, waarde
  from unnest(%(namen)s::text[], %(abonnementen)s::int[], %(labels)s::text[], %(waarden)s::float8[])
       as u(naam, abonnement, label, waarde)
 order by naam, abonnement, label
on conflict (naam, abonnement_id, label) do update set waarde = t.waarde + excluded.waarde
"""


class Cijfers:
    """Name, abonnement (0: none) and label, added up until they are written."""

    def __init__(self) -> None:
        self._tellers: Counter[tuple[str, int, str]] = Counter()

    def tel(self, naam: str, abonnement: int = 0, label: str = "", waarde: float = 1) -> None:
        """Add to one figure."""
        self._tellers[naam, abonnement, label] += waarde  # type: ignore[assignment]  # floats add

    def poging(self, abonnement: int, uitkomst: str, duur_ms: int) -> None:
        """One try: how it ended and how long it took."""
        self.tel("pogingen", abonnement, uitkomst)
        self.tel("duur", abonnement, bak(duur_ms / 1000, DUUR_BAKKEN))
        self.tel("duur_som", abonnement, waarde=duur_ms / 1000)

    def vertraging(self, abonnement: int, gebeurd_op: dt.datetime, *, eerste: bool) -> None:
        """From change to receipt, for what arrived at the first try."""
        if eerste:
            seconden = (dt.datetime.now(dt.UTC) - gebeurd_op).total_seconds()
            self.tel("vertraging", abonnement, bak(seconden, VERTRAGING_BAKKEN))
            self.tel("vertraging_som", abonnement, waarde=seconden)

    async def schrijf(self, pool: AsyncConnectionPool) -> None:
        """Write and start anew; what is lost in a crash is lost."""
        tellers, self._tellers = self._tellers, Counter()
        if not tellers:
            return
        namen, abonnementen, labels = map(list, zip(*tellers, strict=True))
        waarden = [float(waarde) for waarde in tellers.values()]
        await schrijf(
            pool,
            SCHRIJF,
            {"namen": namen, "abonnementen": abonnementen, "labels": labels, "waarden": waarden},
        )
