from django.db import migrations, models

STEMDE_TOE = """
update webhooks_abonnement set bevestigde_url = url
 where status in ('actief', 'uitgezet')
    or (status = 'gepauzeerd' and reden <> 'nieuw adres: handdruk nodig');
"""


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0002_hete_rijen")]
    operations = [
        migrations.AddField(
            model_name="abonnement",
            name="bevestigde_url",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=500
            ),
        ),
        migrations.RunSQL(STEMDE_TOE, migrations.RunSQL.noop),
    ]
