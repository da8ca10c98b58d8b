from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [('webhooks', '0006_wachttijd')]

    operations = [ValidateConstraint('abonnement', 'wachttijd_een_tot_vijftien')]
