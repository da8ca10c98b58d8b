"""Wat de beheerder van de server van de API moet weten: welke tokens aflopen."""

from datetime import datetime, timedelta

from portal.api.models import Token
from portal.klanten.bevindingen import DAGEN_TEVOREN, Bevinding, vervalt

NABIJ = timedelta(days=max(DAGEN_TEVOREN) + 1)
VERGETEN = timedelta(days=30)
"""A token that ended this long ago is missed by nobody."""


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Tokens in use that end within a month, or ended in the last one; by prefix and toepassing."""
    gevonden: dict[str, Bevinding] = {}
    aflopend = Token.objects.filter(
        ingetrokken_op=None,
        toepassing__actief=True,
        verloopt_op__range=(op - VERGETEN, op + NABIJ),
    ).select_related("toepassing")
    for token in aflopend.order_by("verloopt_op"):
        doe = (
            f"geef {token.toepassing} een nieuw token (manage.py token maak), en trek daarna"
            f' {token.prefix} in: manage.py token trek-in {token.prefix} --reden "…"'
        )
        gevonden |= vervalt(f"API-token {token.prefix}", token.verloopt_op, op, doe)
    return gevonden
