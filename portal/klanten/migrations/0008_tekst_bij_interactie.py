"""Keep, sealed, what somebody wants to ask or report (docs/besluiten, 0163)."""

from django.db import migrations

from accounts.zegel import VerzegeldVeld


class Migration(migrations.Migration):
    dependencies = [("klanten", "0007_van_systeem")]
    operations = [
        migrations.AddField(
            "interactie", "tekst", VerzegeldVeld(doel="klanten.interactie", null=True)
        )
    ]
