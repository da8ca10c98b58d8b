"""De rijen van de webhooks, per zelfstandig naamwoord een module."""

from portal.webhooks.models.abonnement import Abonnement, Geheim
from portal.webhooks.models.beheerhandeling import Beheerhandeling
from portal.webhooks.models.bezorging import Baan, Bezorging, Poging
from portal.webhooks.models.teller import Teller

__all__ = ["Abonnement", "Baan", "Beheerhandeling", "Bezorging", "Geheim", "Poging", "Teller"]
