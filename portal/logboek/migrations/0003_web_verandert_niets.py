"""Web writes the log and reads it; where it has an account of its own, it may do no more."""

from django.db import migrations

SQL = """
do $$ begin
    if exists (select from pg_roles where rolname = 'portaal_web') then
        revoke update, delete on logboek_logregel from portaal_web;
    end if;
    if exists (select from pg_roles where rolname = 'portaal_werker') then
        revoke update on logboek_logregel from portaal_werker;
    end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0002_keten")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
