from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("webhooks", "0004_vorm_abonnee")]
    operations = [
        AddIndexConcurrently(
            model_name="baan",
            index=models.Index(
                condition=models.Q(("geblokkeerd_sinds__isnull", False)),
                fields=["abonnement", "geblokkeerd_sinds"],
                name="geblokkeerde_banen",
            ),
        ),
    ]
