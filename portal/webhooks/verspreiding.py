"""Gebeurtenis -> Baan en Bezorging per abonnement: één opdracht, dezelfde transactie."""

from contextlib import suppress

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from portal.klanten.models import Gebeurtenis
from portal.webhooks.bericht import VORM

VERSPREID = """
with passend as (
  select id from webhooks_abonnement
   where bronorganisatie = %(organisatie)s and status in ('actief', 'gepauzeerd', 'uitgezet')
     and %(soort)s = any(soorten)
     and (subjectsoorten = '{}' or %(subjectsoort)s = any(subjectsoorten))
), baan as (
  insert into webhooks_baan as b (abonnement_id, onderwerp, volgend_nummer, openstaand, opnieuw_op)
  select id, %(onderwerp)s, 2, 1, now() from passend order by id
  on conflict (abonnement_id, onderwerp) do update
     set volgend_nummer = b.volgend_nummer + 1, openstaand = b.openstaand + 1,
         opnieuw_op = case when b.openstaand = 0 then now() else b.opnieuw_op end
  returning abonnement_id, volgend_nummer - 1 as volgnummer
)
insert into webhooks_bezorging (abonnement_id, onderwerp, volgnummer, gebeurtenis_id, vorm, stand)
select abonnement_id, %(onderwerp)s, volgnummer, %(gebeurtenis)s, %(vorm)s, 'open' from baan
"""


def verspreid(gebeurtenis: Gebeurtenis) -> None:
    """Leg vast wat bezorgd moet worden; bij COMMIT staat het, het wekken mag mislukken.

    The row lock on the Baan makes the order of numbers the order of commits; `order by id` fixes
    the order of the locks. What the wake-up misses, the sweep finds.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            VERSPREID,
            {
                "organisatie": gebeurtenis.bronorganisatie,
                "soort": gebeurtenis.soort,
                "subjectsoort": gebeurtenis.subjectsoort,
                "onderwerp": gebeurtenis.onderwerp,
                "gebeurtenis": gebeurtenis.pk,
                "vorm": VORM,
            },
        )
    transaction.on_commit(wek, robust=True)


def wek() -> None:
    """Zeg de werkers dat er iets te verdelen is; nooit binnen een transactie van een handeling."""
    with suppress(AlreadyEnqueued):
        app.configure_task(
            "webhooks.verdeel", queue="veeg", queueing_lock="webhooks.verdeel", priority=10
        ).defer()
