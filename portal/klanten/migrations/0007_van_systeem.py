"""Tell what a system recorded from what someone left at the portal (docs/besluiten, 0139)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klanten", "0006_klant_wil_weg")]
    operations = [
        migrations.AddField(
            "interactie", "van_systeem", models.BooleanField(db_default=False, default=False)
        )
    ]
