"""Find the proposals that nobody confirmed without reading every address."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("klanten", "0003_oude_delen")]
    operations = [
        AddIndexConcurrently(
            "digitaaladres",
            models.Index(
                fields=["gegeven_op"],
                condition=models.Q(stand="voorgesteld"),
                name="voorstel_vervalt",
            ),
        )
    ]
