from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """New rows keep the bound at once; 0007 reads the old ones without locking anybody out."""

    dependencies = [('webhooks', '0005_geblokkeerde_banen')]

    operations = [
        AddConstraintNotValid(
            model_name='abonnement',
            constraint=models.CheckConstraint(
                condition=models.Q(wachttijd__gte=1, wachttijd__lte=15),
                name='wachttijd_een_tot_vijftien',
            ),
        ),
        migrations.RunSQL(
            'update webhooks_abonnement set wachttijd = greatest(1, least(15, wachttijd))'
            ' where wachttijd not between 1 and 15;',
            migrations.RunSQL.noop,
        ),
    ]
