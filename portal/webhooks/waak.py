"""Wat de databank en de klok ons vertellen voordat het misgaat; elke bevinding is een zin.

Handtekeningen dragen ons moment en een ontvanger staat vijf minuten speling toe; een transactie of
slot dat blijft hangen houdt oude rijen vast, en de hete rijen van de banen worden dan traag.
"""

import datetime as dt

from django.db import connection

from portal.klanten.bevindingen import Bevinding

KLOK_SCHEELT = dt.timedelta(seconds=5)
TE_LANG = dt.timedelta(hours=1)
TE_OUD = 50_000_000
"""Transactions that the xmin horizon may lag; vacuum has to hurry at 200 million."""
STAND = """
select clock_timestamp(),
       (select count(*) from pg_stat_activity
         where backend_type = 'client backend' and xact_start < %(grens)s),
       (select count(*) from pg_prepared_xacts where prepared < %(grens)s),
       (select count(*) from pg_replication_slots where not active),
       (select count(*) from pg_stat_archiver
         where last_failed_time > coalesce(last_archived_time, '-infinity')),
       greatest((select max(age(backend_xmin)) from pg_stat_activity),
                (select max(greatest(age(xmin), age(catalog_xmin))) from pg_replication_slots), 0)
"""
ZINNEN = {
    "transacties": "{} transacties staan langer dan een uur open",
    "voorbereid": "{} voorbereide transacties wachten langer dan een uur",
    "slots": "{} replicatieslots worden niet gelezen en houden het logboek (WAL) vast",
    "archief": "het WAL-archief neemt niets meer aan: de laatste archive_command mislukte",
}
DOE = {
    "transacties": "zoek wie ze openhoudt in pg_stat_activity, en beëindig die verbinding",
    "voorbereid": "beëindig ze: pg_prepared_xacts, rollback prepared",
    "slots": "start wie het slot leest, of haal het weg met pg_drop_replication_slot",
    "archief": "kijk in het log van PostgreSQL waarom; tot dan groeit het WAL",
    "klok": "zet op beide machines NTP aan; ontvangers weigeren handtekeningen van een foute klok",
    "horizon": "zoek de oudste in pg_stat_activity (backend_xmin) en de replicatieslots",
}


def bevindingen(op: dt.datetime) -> dict[str, Bevinding]:
    """Return what is wrong at `op` (our clock now): kind and sentence for the operator.

    Without the role pg_monitor PostgreSQL hides the transactions of other accounts.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAND, {"grens": op - TE_LANG})
        daar, *aantallen, leeftijd = cursor.fetchone()
    gevonden = {
        soort: zin.format(n) for (soort, zin), n in zip(ZINNEN.items(), aantallen, strict=True) if n
    }
    if abs(daar - op) > KLOK_SCHEELT:
        seconden = round(abs(daar - op).total_seconds())
        loopt = f"{seconden} s voor" if daar > op else f"{seconden} s achter"
        gevonden["klok"] = f"de klok van de databank loopt {loopt} op die van de werker"
    if leeftijd > TE_OUD:
        gevonden["horizon"] = f"de oudste nog zichtbare transactie is {leeftijd} transacties oud"
    return {soort: Bevinding(zin=zin, doe=DOE[soort]) for soort, zin in gevonden.items()}
