"""Het einde van een logregel: hele afgesloten dagen tegelijk, nooit één regel."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from portal.logboek.models import Kop, Logregel, Pseudoniem

DAGEN_PER_MAAND = 30.4375


class TeVeelTegelijk(Exception):
    """Meer dagen dan een gewone ronde opruimt: een verkeerde klok mag het logboek niet legen."""


def ruim_op(op: datetime, *, hooguit: int = 40) -> int:
    """Remove the lines of days older than the term; return how many days. Heads stay.

    Raises TeVeelTegelijk when more than `hooguit` days have passed their term at once.
    """
    grens = op.date() - timedelta(days=round(settings.LOGBOEK_BEWAARMAANDEN * DAGEN_PER_MAAND))
    koppen = list(Kop.objects.filter(dag__lt=grens, opgeruimd_op=None).order_by("dag"))
    if len(koppen) > hooguit:
        raise TeVeelTegelijk(f"{len(koppen)} dagen, hooguit {hooguit}")
    for kop in koppen:
        _ruim_dag_op(kop, op)
    Pseudoniem.objects.filter(vernietigd_op__lt=op - timedelta(days=365)).delete()
    return len(koppen)


@transaction.atomic
def _ruim_dag_op(kop: Kop, op: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local logboek.opruimen = 'aan'")
        Logregel.objects.filter(organisatie=kop.organisatie, dag=kop.dag).delete()
        cursor.execute("set local logboek.opruimen = 'uit'")
    kop.opgeruimd_op = op
    kop.save(update_fields=["opgeruimd_op"])
