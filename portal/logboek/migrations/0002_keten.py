"""The chain and the refusal to change stand in the database, not in Python."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "keten.sql"
TERUG = """
drop trigger logboek_schakel on logboek_logregel;
drop trigger logboek_alleen_toevoegen on logboek_logregel;
drop trigger logboek_niet_legen on logboek_logregel;
drop function logboek_schakel(), logboek_weiger(), logboek_betrokkene(bytea, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(), TERUG)]
