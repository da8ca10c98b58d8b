"""De tweede vorm: een notificatie voor de Notificaties API van VNG (1.0.1).

Only for an existing routeringcomponent: our guarantees end at its 2xx. There is no id in this
form: a receiver dedupes on resourceUrl, actie and aanmaakdatum, so that one rises with every
version, also when two versions were written at the same moment (docs/besluiten, 0106).
"""

import datetime as dt

from portal.klanten.models import Gebeurtenis
from portal.webhooks.bericht import Afzender, Feiten, adres_van, als_bytes, tijdstip

KANAAL = "klanten"
KENMERKEN = frozenset({"subjectType"})
ACTIES: dict[str, str] = {
    Gebeurtenis.Soort.AANGEMAAKT: "create",
    Gebeurtenis.Soort.GEWIJZIGD: "partial_update",
    Gebeurtenis.Soort.BEVESTIGD: "partial_update",
    Gebeurtenis.Soort.GECLAIMD: "partial_update",
    Gebeurtenis.Soort.VERWIJDERD: "destroy",
    Gebeurtenis.Soort.MELDING_ONTVANGEN: "create",
}
MAX_BRON = 100


def notificatie(feiten: Feiten, van: Afzender) -> bytes:
    """KLUIT02 in de vorm van VNG: waar het staat en wat er gebeurde, nooit de waarden."""
    resource = feiten.soort.partition(".")[0]
    adres = adres_van(feiten.onderwerp, van)
    return als_bytes(
        {
            "kanaal": KANAAL,
            "hoofdObject": adres,
            "resource": resource,
            "resourceUrl": adres,
            "actie": ACTIES[feiten.soort],
            "aanmaakdatum": aanmaakdatum(feiten),
            "kenmerken": {"subjectType": feiten.subjectsoort or "geen"},
            "source": van.bron[:MAX_BRON],
        }
    )


def aanmaakdatum(feiten: Feiten) -> str:
    """Het moment, en een microseconde per versie: nooit twee keer hetzelfde bij één klant."""
    return tijdstip(feiten.gebeurd_op + dt.timedelta(microseconds=feiten.versie))
