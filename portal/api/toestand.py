"""Wat de beheerder van de server van de API moet weten: welke tokens aflopen, en wie raadt."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client.core import CounterMetricFamily, Metric

from portal.api.models import Token
from portal.klanten.bevindingen import DAGEN_TEVOREN, Bevinding, vervalt
from portal.webhooks.cijfers import tel
from portal.webhooks.models import Teller
from portal.webhooks.wacht import wek_wacht

NABIJ = timedelta(days=max(DAGEN_TEVOREN) + 1)
VERGETEN = timedelta(days=30)
"""A token that ended this long ago is missed by nobody."""
RADEN = "api_raden"
NIET_LANGER = timedelta(hours=23)
"""Guessing is said until then: a mail server that was away skips nothing, and it is mailed once."""


def bevindingen(op: datetime) -> dict[str, Bevinding]:
    """Tokens that end, and tokens with which somebody guesses; by prefix."""
    return _aflopende_tokens(op) | _radende_tokens(op)


def meld_raden(prefix: str) -> None:
    """Write down that a token asked too often for what is not there, and have it mailed now."""
    tel(RADEN, prefix)
    wek_wacht()


def cijfers() -> Iterator[Metric]:
    """How often a token was caught guessing, at most once an hour each."""
    raden = CounterMetricFamily("api_raden", "hours in which a token guessed", labels=["token"])
    for prefix, waarde in Teller.objects.filter(naam=RADEN).values_list("label", "waarde"):
        raden.add_metric([prefix], waarde)
    yield raden


def _radende_tokens(op: datetime) -> dict[str, Bevinding]:
    geraden = Teller.objects.filter(naam=RADEN, op__gt=op - NIET_LANGER).order_by("label")
    return {
        f"raden {prefix}": Bevinding(
            zin=f"het API-token {prefix} vroeg opvallend vaak naar wat er niet is",
            doe=(
                "vraag de beheerder van dat systeem waarom; vertrouwt u het niet: manage.py token"
                f' trek-in {prefix} --reden "…" (docs/alarmen.md 4, een token is gelekt)'
            ),
        )
        for prefix in geraden.values_list("label", flat=True)
    }


def _aflopende_tokens(op: datetime) -> dict[str, Bevinding]:
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
