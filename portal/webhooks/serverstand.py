"""Of de server van de databank bewaart wat bevestigd is, en niets van mensen in zijn log zet.

With `synchronous_commit` off a change that was answered with "opgeslagen" can vanish; with its
defaults PostgreSQL writes the statement and the values of a person in its log.
"""

import datetime as dt

from django.db import connection

from portal.klanten.bevindingen import Bevinding

GOED = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
    "log_error_verbosity": {"terse"},
    "log_min_error_statement": {"panic"},
    "log_statement": {"none"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_transaction_sample_rate": {"0"},
}
"""What deploy/productie/postgresql.conf sets; `local` and `remote_write` flush here too.

`log_parameter_max_length = 0` makes no statement safe: our driver writes the values in its text.
"""
STAND = """
select name, reset_val, '' from pg_settings where name = any(%(namen)s)
union all
select split_part(een, '=', 1), split_part(een, '=', 2), coalesce(rolname, 'iedereen')
  from pg_db_role_setting
  cross join unnest(setconfig) een
  left join pg_roles on pg_roles.oid = setrole
 where split_part(een, '=', 1) = any(%(namen)s)
   and not coalesce(rolsuper, false)
   and setdatabase in (0, (select oid from pg_database where datname = current_database()))
order by 1, 3
"""
DOE = (
    "neem {} over uit deploy/productie/postgresql.conf en herlaad de server;"
    " voor een rol: alter role ... reset {}"
)


def bevindingen(op: dt.datetime) -> dict[str, Bevinding]:
    """Return a finding per setting that is weaker or more talkative than it may be.

    Reads what holds for us, and what a role or this database sets otherwise. Not what a superuser
    sets: that is the host of a managed database, who keeps a log of the own acts.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAND, {"namen": list(GOED)})
        stand = cursor.fetchall()
    return {
        f"server {naam}": Bevinding(
            zin=f"PostgreSQL draait met {naam} = {waarde}" + (f" voor {wie}" if wie else ""),
            doe=DOE.format(naam, naam),
        )
        for naam, waarde, wie in stand
        if waarde.lower() not in GOED[naam]
    }
