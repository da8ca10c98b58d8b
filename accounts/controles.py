"""The named checks on a token: one function per rule, each refuses with its own name.

Signature, algorithm and key come first (accounts.sleutels). A new rule is one function and one
line in CONTROLES. Times are epoch seconds.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.niveaus import Niveau, rang
from accounts.providers import Aanbieder, waarde_op

Claims = Mapping[str, Any]
UITGEGEVEN_MAX = 600
LEVENSDUUR_MAX = 3600
SUB_MAX = 255


class Afgewezen(Exception):
    """A login is refused; `reden` is a fixed word for the log, never a value of the answer."""

    def __init__(self, reden: str, detail: str = "") -> None:
        self.reden = reden
        self.detail = detail
        super().__init__(reden)


@dataclass(frozen=True, kw_only=True)
class Inlogvraag:
    """What was asked, to hold the answer against. `vers_na` is set when a fresh login was asked."""

    aanbieder: Aanbieder
    nonce: str
    nu: float
    niveau: Niveau
    vers_na: float | None = None

    @property
    def client_id(self) -> str:
        return self.aanbieder.client_id

    @property
    def issuer(self) -> str:
        return self.aanbieder.issuer


def _is_tijd(waarde: object) -> bool:
    return isinstance(waarde, int) and not isinstance(waarde, bool) and 0 < waarde < 2**40


def is_onderwerp(sub: object) -> bool:
    """Is this a subject as the standard means it: 1 to 255 ASCII characters."""
    return isinstance(sub, str) and sub.isascii() and 0 < len(sub) <= SUB_MAX


def vormen(token: Claims, vraag: Inlogvraag) -> None:
    """Every time is a whole number of seconds; the other checks look at their own claim."""
    tijden_goed = all(_is_tijd(token.get(naam)) for naam in ("exp", "iat"))
    mag_ook = all(_is_tijd(token[naam]) for naam in ("nbf", "auth_time") if naam in token)
    if not (tijden_goed and mag_ook):
        raise Afgewezen("vormen")


def uitgever(token: Claims, vraag: Inlogvraag) -> None:
    """The issuer is exactly the configured one, character by character."""
    if token.get("iss") != vraag.issuer:
        raise Afgewezen("uitgever")


def bestemming(token: Claims, vraag: Inlogvraag) -> None:
    """The token is meant for us."""
    aud = token.get("aud")
    if vraag.client_id not in (aud if isinstance(aud, list) else [aud]):
        raise Afgewezen("bestemming")


def azp(token: Claims, vraag: Inlogvraag) -> None:
    """Meant for more than us: then it must say that we asked for it; a foreign asker never."""
    meer = isinstance(token["aud"], list) and len(token["aud"]) > 1
    if (meer or "azp" in token) and token.get("azp") != vraag.client_id:
        raise Afgewezen("azp")


def tijden(token: Claims, vraag: Inlogvraag) -> None:
    """Not expired, not from the future (60 s leeway), issued just now, and not for long."""
    marge, nu = settings.OIDC_MARGE, vraag.nu
    if token["exp"] + marge <= nu or token["exp"] - token["iat"] > LEVENSDUUR_MAX:
        raise Afgewezen("tijden")
    if max(token["iat"], token.get("nbf", 0)) > nu + marge or token["iat"] < nu - UITGEGEVEN_MAX:
        raise Afgewezen("tijden")


def nonce(token: Claims, vraag: Inlogvraag) -> None:
    """The token answers this question of this browser, compared in constant time."""
    gekregen = token.get("nonce")
    if not isinstance(gekregen, str) or not vraag.nonce:
        raise Afgewezen("nonce")
    if not hmac.compare_digest(gekregen.encode(), vraag.nonce.encode()):
        raise Afgewezen("nonce")


def onderwerp(token: Claims, vraag: Inlogvraag) -> None:
    """There is a subject, in the form of the standard."""
    if not is_onderwerp(token.get("sub")):
        raise Afgewezen("onderwerp")


def niveau(token: Claims, vraag: Inlogvraag) -> None:
    """The level is on this provider's list and at least what was asked; none is no level."""
    if niveau_van(token, vraag.aanbieder) < max(vraag.niveau, Niveau.BASIS):
        raise Afgewezen("niveau")


def versheid(token: Claims, vraag: Inlogvraag) -> None:
    """Where a fresh login was asked, it happened after the question."""
    if vraag.vers_na is None:
        return
    if moment_van_inloggen(token, vraag.aanbieder) < vraag.vers_na - settings.OIDC_MARGE:
        raise Afgewezen("versheid")


def vertegenwoordiging(token: Claims, vraag: Inlogvraag) -> None:
    """Whoever acts for somebody else is refused, unless that was built for this provider."""
    if vraag.aanbieder.onverwachte_vertegenwoordiging(token):
        raise Afgewezen("vertegenwoordiging")


CONTROLES = (
    vormen, uitgever, bestemming, azp, tijden, nonce, onderwerp, niveau, versheid,
    vertegenwoordiging,
)  # fmt: skip


def niveau_van(token: Claims, aanbieder: Aanbieder) -> Niveau:
    """The level of this answer on our scale; GEEN when the provider's table does not know it."""
    return rang(waarde_op(token, aanbieder.acr_pad), aanbieder.acr_in)


def moment_van_inloggen(token: Claims, aanbieder: Aanbieder) -> int:
    """When the person really logged in (epoch seconds); 0 when the provider does not say."""
    terugval = token["iat"] if aanbieder.auth_time == "uitgiftetijd" else 0
    moment: int = token.get("auth_time", terugval)
    return moment
