"""Keep the parts of an old postal address, so that it can be put back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klanten", "0002_bewaking")]
    operations = [migrations.AddField("waarde", "oude_delen", models.JSONField(null=True))]
