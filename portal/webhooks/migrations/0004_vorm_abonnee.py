"""A third form; its name stands in the code only, the table does not change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0003_bevestigde_url")]
    operations = [
        migrations.AlterField(
            model_name="abonnement",
            name="vorm",
            field=models.CharField(
                choices=[
                    ("cloudevents", "CloudEvents"),
                    ("vng", "VNG Notificaties (routeringcomponent)"),
                    ("vng_abonnee", "VNG Notificaties (abonnee)"),
                ],
                default="cloudevents",
                max_length=12,
            ),
        )
    ]
