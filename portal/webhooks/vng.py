"""De tweede vorm: een notificatie voor de Notificaties API van VNG (1.0.1).

For an existing routeringcomponent (our guarantees end at its 2xx) and for an abonnee that spoke
this form to us. There is no id in this
form: a receiver dedupes on resourceUrl, actie and aanmaakdatum, so that one rises with every
version, also when two versions were written at the same moment (docs/besluiten, 0106).
"""

import datetime as dt

from portal.klanten.models import Gebeurtenis
from portal.webhooks.bericht import Afzender, Feiten, als_bytes, tijdstip
from portal.webhooks.models import Abonnement

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
KLANTSOORTEN = [soort for soort in ACTIES if soort != Gebeurtenis.Soort.MELDING_ONTVANGEN]
"""What an abonnee can read after a notification: the surface of the standard has no meldingen."""
VORMEN = frozenset({Abonnement.Vorm.VNG, Abonnement.Vorm.VNG_ABONNEE})
MAX_BRON = 100


def notificatie(feiten: Feiten, van: Afzender) -> bytes:
    """KLUIT02 in de vorm van VNG: waar het staat en wat er gebeurde, nooit de waarden."""
    resource = feiten.soort.partition(".")[0]
    adres = _adres(feiten, van)
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


def proefnotificatie(van: Afzender) -> bytes:
    """Het bericht waarmee een abonnee laat zien dat hij aanneemt, op het kanaal `test`."""
    return als_bytes(
        {
            "kanaal": "test",
            "hoofdObject": van.adres,
            "resource": "some_resource",
            "resourceUrl": van.adres,
            "actie": "create",
            "aanmaakdatum": "2019-01-01T12:00:00Z",
            "kenmerken": {},
            "source": van.bron[:MAX_BRON],
        }
    )


def _adres(feiten: Feiten, van: Afzender) -> str:
    """Who speaks this form reads klanten with a ZGW token, so on the surface of the standard."""
    if feiten.soort == Gebeurtenis.Soort.MELDING_ONTVANGEN:
        return f"{van.adres}/api/v1/terugmeldingen/{feiten.onderwerp}"
    return f"{van.adres}/klanten/api/v1/klanten/{feiten.onderwerp}"


def aanmaakdatum(feiten: Feiten) -> str:
    """Het moment, en een microseconde per versie: nooit twee keer hetzelfde bij één klant."""
    return tijdstip(feiten.gebeurd_op + dt.timedelta(microseconds=feiten.versie))
