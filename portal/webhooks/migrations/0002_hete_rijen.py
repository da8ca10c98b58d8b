from django.db import migrations

HEET = """
alter table webhooks_baan set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
alter table webhooks_bezorging set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
"""


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial")]
    operations = [migrations.RunSQL(HEET, migrations.RunSQL.noop)]
