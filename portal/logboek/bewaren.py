"""Het einde van een logregel: hele afgesloten dagen tegelijk, nooit één regel."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from portal.klanten.regels import eis_niet_te_veel
from portal.klanten.stappen import doe_elke_stap
from portal.logboek.models import Kop, Logregel, Pseudoniem

DAGEN_PER_MAAND = 30.4375


def ruim_op(op: datetime, *, hooguit: int = 40) -> int:
    """Remove the lines of days older than the term; return how many days. Heads stay.

    Raises TeveelOpTeRuimen when more than `hooguit` days have passed their term at once: a wrong
    clock may not empty the log. Raises ExceptionGroup after all days for one that failed.
    """
    grens = op.date() - timedelta(days=round(settings.LOGBOEK_BEWAARMAANDEN * DAGEN_PER_MAAND))
    koppen = list(Kop.objects.filter(dag__lt=grens, opgeruimd_op=None).order_by("dag"))
    eis_niet_te_veel(len(koppen), hooguit=hooguit)
    oud = Pseudoniem.objects.filter(vernietigd_op__lt=op - timedelta(days=365))
    doe_elke_stap(*(partial(_ruim_dag_op, kop, op) for kop in koppen), oud.delete)
    return len(koppen)


@transaction.atomic
def _ruim_dag_op(kop: Kop, op: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local logboek.opruimen = 'aan'")
        Logregel.objects.filter(organisatie=kop.organisatie, dag=kop.dag).delete()
        cursor.execute("set local logboek.opruimen = 'uit'")
    kop.opgeruimd_op = op
    kop.save(update_fields=["opgeruimd_op"])
