"""Wat de beheerder van de server van het logboek moet weten: of zijn ketens nog kloppen."""

from datetime import datetime, timedelta

from portal.klanten.bevindingen import Bevinding
from portal.logboek.controle import controleer
from portal.logboek.models import Kop

UUR = timedelta(hours=1)


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Breaks in the chains of yesterday, and of one day before it: each hour the next one.

    So two years of days are all read within a month, and no hour reads more than two of them.
    """
    gisteren = op.date() - timedelta(days=1)
    eerder = Kop.objects.filter(dag__lt=gisteren, opgeruimd_op=None)
    dagen = list(eerder.order_by("dag").values_list("dag", flat=True).distinct())
    beurt = [dagen[int(op.timestamp() // UUR.total_seconds()) % len(dagen)]] if dagen else []
    return {
        f"logboek {breuk.organisatie} {breuk.dag}": Bevinding(
            zin=f"de keten van het logboek is gebroken: {breuk}",
            doe="verander niets en behandel het als een incident (docs/alarmen.md 4)",
        )
        for breuk in controleer(dagen=[gisteren, *beurt])
    }
