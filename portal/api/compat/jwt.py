"""The JWT of the ZGW standard: HS256 with a secret per client, read again at every call."""

from datetime import datetime, timedelta
from typing import Any

import jwt
from django.http import HttpRequest

from accounts.zegel import Onleesbaar, ontzegel
from portal.api.fouten import Fout
from portal.api.models import VERWIJZING
from portal.api.toegang.wie import Recht, Rij, tokens

VOORUIT = timedelta(seconds=60)
OUD = timedelta(hours=1)


class ZgwRecht(Recht):
    """What an operation of the compatible surface asks; scopes and purpose as everywhere."""

    openapi_bearerFormat = "JWT"

    def rij_bij(self, token: str, op: datetime) -> Rij:
        """Two secrets may be valid at once, while a client changes them; raises Fout 401."""
        client_id = _client_id(token)
        rijen = [rij for rij in tokens("p.client_id", client_id) if rij.geheim]
        if not rijen:
            raise Fout("invalid-client-identifier")
        levend = [rij for rij in rijen if rij.ingetrokken_op is None and rij.verloopt_op > op]
        for rij in levend or rijen[:1]:
            if claims := _claims(token, rij):
                eis_tijdig(claims, op)
                return rij
        raise Fout("invalid-jwt-signature")

    def doel_van(self, request: HttpRequest, rij: Rij) -> str:
        """The standard knows no purpose: a token with exactly one states it by being used."""
        return request.headers.get("Doel", "") or (rij.doelen[0] if len(rij.doelen) == 1 else "")


def _client_id(token: str) -> str:
    try:
        los: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise Fout("jwt-decode-error") from None
    client_id = los.get("client_id")
    if not isinstance(client_id, str) or not client_id:
        raise Fout("missing-client-identifier")
    if "\x00" in client_id or not client_id.isprintable():
        raise Fout("invalid-client-identifier")
    return client_id


def _claims(token: str, rij: Rij) -> dict[str, Any] | None:
    """The claims when this secret made the signature, else None; raises Fout 401."""
    try:
        geheim = ontzegel(rij.geheim or "", VERWIJZING)
        claims: dict[str, Any] = jwt.decode(
            token,
            geheim,
            algorithms=["HS256"],
            options={"require": ["iss", "iat"], "verify_iat": False, "verify_exp": False,
                     "verify_nbf": False, "verify_aud": False, "verify_iss": False},
        )  # fmt: skip
    except (jwt.InvalidSignatureError, Onleesbaar):
        return None
    except jwt.PyJWTError:
        raise Fout("jwt-decode-error") from None
    return claims


def eis_tijdig(claims: dict[str, Any], op: datetime) -> None:
    """`iat` at most a minute ahead and an hour old, `exp` when present; raises Fout 401.

    Asked as what has to be true: NaN, which JSON of Python knows, is neither too old nor too new.
    """
    nu = op.timestamp()
    for naam in ("iat", "exp"):
        if naam in claims and (
            isinstance(claims[naam], bool) or not isinstance(claims[naam], int | float)
        ):
            raise Fout("jwt-decode-error")
    van_nu = nu - OUD.total_seconds() <= claims["iat"] <= nu + VOORUIT.total_seconds()
    if not (van_nu and claims.get("exp", nu + 1) > nu):
        raise Fout("jwt-expired")
    if not isinstance(claims["iss"], str):
        raise Fout("jwt-decode-error")
