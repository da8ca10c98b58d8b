"""Keys, codes and tokens of the stand-in. Nothing is stored: a code is a sealed value."""

import base64
import binascii
import json
import secrets
from functools import cache
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache as gebruikt
from django.utils import timezone

from accounts.identiteit import pseudoniem
from accounts.sleutels import als_jwk, van_dit_proces
from accounts.zegel import Onleesbaar, ontzegel, verzegel

CODE_LEEFT, TOKEN_LEEFT = 60, 300
Claims = dict[str, Any]


def base64url(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()


def sleutel() -> rsa.RSAPrivateKey:
    """An RSA key for this process; nothing secret stands in the repository."""
    return van_dit_proces("nagebootst")


@cache
def jwk() -> dict[str, str]:
    """The public key; its `kid` is its thumbprint, so a restart is a rotation."""
    return als_jwk(sleutel())


def dicht(inhoud: Claims, doel: str) -> str:
    """Seal a dict as a token that can stand in a URL."""
    return base64url(verzegel(json.dumps(inhoud), f"nagebootst:{doel}").encode())


def open_(token: str, doel: str) -> Claims | None:
    """Open such a token while it lives; None for anything else."""
    try:
        ruw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        inhoud: Claims = json.loads(ontzegel(ruw, f"nagebootst:{doel}"))
    except (Onleesbaar, binascii.Error, ValueError):
        return None
    return inhoud if inhoud["tot"] > timezone.now().timestamp() else None


def verbruikt(code: str) -> bool:
    """Was this code used before; using it is what asking means."""
    return not gebruikt.add(f"nagebootst:{sha256(code.encode()).hexdigest()}", 1, CODE_LEEFT)


def inlog(vraag: Claims, claims: Claims, acr: str) -> Claims:
    """What is known after somebody chose who to be: everything token and userinfo need."""
    nu = int(timezone.now().timestamp())
    wie = json.dumps(claims, sort_keys=True)
    return {
        **vraag,
        "claims": claims,
        "acr": acr,
        "auth_time": nu,
        "sub": pseudoniem(f"{vraag['issuer']}|{wie}", "nagebootst-sub"),
        "sid": secrets.token_hex(8),
        "tot": nu + CODE_LEEFT,
    }


def id_token(wat: Claims, alg: str) -> str:
    """Sign what the portal may know: never an identifier, those are in userinfo."""
    nu = int(timezone.now().timestamp())
    inhoud = {
        "iss": wat["issuer"],
        "sub": wat["sub"],
        "aud": wat["client_id"],
        "iat": nu,
        "exp": nu + TOKEN_LEEFT,
        **{naam: wat[naam] for naam in ("nonce", "acr", "auth_time", "sid")},
    }
    return jwt.encode(inhoud, sleutel(), algorithm=alg, headers={"kid": jwk()["kid"]})


def logout_token(issuer: str, client_id: str, sub: str, sid: str) -> str:
    """Sign the message that a session ended at the provider (back-channel logout)."""
    nu = int(timezone.now().timestamp())
    inhoud = {
        "iss": issuer,
        "aud": client_id,
        "iat": nu,
        "exp": nu + 120,
        "jti": secrets.token_hex(8),
        "sub": sub,
        "sid": sid,
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    return jwt.encode(inhoud, sleutel(), algorithm="PS256", headers={"kid": jwk()["kid"]})
