"""Which toepassing took an abonnement in the form of VNG."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0002_zoeken"), ("webhooks", "0004_vorm_abonnee")]
    operations = [
        migrations.CreateModel(
            name="Abonnee",
            fields=[
                (
                    "abonnement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="webhooks.abonnement",
                    ),
                ),
                (
                    "toepassing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="abonnees",
                        to="api.toepassing",
                    ),
                ),
            ],
        )
    ]
