"""Find who asked to be deleted without reading every klant."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("klanten", "0005_namens")]
    operations = [
        AddIndexConcurrently(
            "klant",
            models.Index(
                fields=["verwijdering_gevraagd_op"],
                condition=models.Q(verwijdering_gevraagd_op__isnull=False),
                name="klant_wil_weg",
            ),
        )
    ]
