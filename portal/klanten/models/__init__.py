"""De rijen van het domein, per zelfstandig naamwoord een module."""

from portal.klanten.models.gebeurtenis import Gebeurtenis, Waarde
from portal.klanten.models.klant import Klant

__all__ = ["Gebeurtenis", "Klant", "Waarde"]
