"""Signatures: which key of the provider fits, and our own keys to make ourselves known with."""

import json
import time
import uuid
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from accounts.achterkanaal import Budget, Document, sleutels
from accounts.controles import Afgewezen
from accounts.providers import Aanbieder

_een_tegelijk = Lock()
_jwt = jwt.PyJWT(options={"enforce_minimum_key_length": True})
_REDENEN: tuple[tuple[type[Exception], str], ...] = (
    (jwt.InvalidIssuerError, "uitgever"),
    (jwt.InvalidAudienceError, "bestemming"),
    (jwt.ExpiredSignatureError, "tijden"),
    (jwt.ImmatureSignatureError, "tijden"),
    (jwt.exceptions.InvalidSubjectError, "onderwerp"),
    (jwt.MissingRequiredClaimError, "vormen"),
    (jwt.InvalidIssuedAtError, "vormen"),
    (jwt.InvalidAlgorithmError, "algoritme"),
)


def _kop(token: str, aanbieder: Aanbieder) -> dict[str, Any]:
    """Read the header; only `alg` (from the allow-list) and `kid` mean anything to us."""
    try:
        kop: dict[str, Any] = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Afgewezen("vormen") from None
    if kop.get("alg") not in aanbieder.algoritmen:
        raise Afgewezen("algoritme")
    return kop


def _past(sleutel: Document, kop: dict[str, Any]) -> bool:
    return (
        sleutel.get("kid") == kop.get("kid")
        and sleutel.get("use", "sig") == "sig"
        and sleutel.get("alg", kop["alg"]) == kop["alg"]
    )


def _passende(kop: dict[str, Any], aanbieder: Aanbieder, budget: Budget) -> Any:
    """Exactly one key must fit; an unknown kid makes us look once more, at most per 30 s."""
    for ververs in (False, True):
        passend = [s for s in sleutels(aanbieder, budget, ververs=ververs) if _past(s, kop)]
        if passend:
            break
    if len(passend) != 1:
        raise Afgewezen("sleutel")
    try:
        return jwt.PyJWK(passend[0], algorithm=kop["alg"])
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise Afgewezen("sleutel") from None


def geverifieerd(
    token: object, aanbieder: Aanbieder, budget: Budget, *, vereist: tuple[str, ...]
) -> dict[str, Any]:
    """Return the claims of a token that this provider signed for us; raises Afgewezen.

    Issuer, audience and times are checked here by PyJWT and again by accounts.controles: the
    second lock survives a change of options in the first.
    """
    if not isinstance(token, str):
        raise Afgewezen("aanbieder", "geen token")
    kop = _kop(token, aanbieder)
    sleutel = _passende(kop, aanbieder, budget)
    try:
        claims: dict[str, Any] = _jwt.decode(
            token, sleutel, algorithms=[kop["alg"]], audience=aanbieder.client_id,
            issuer=aanbieder.issuer, leeway=settings.OIDC_MARGE,
            options={"require": list(vereist), "verify_exp": "exp" in vereist},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as fout:
        reden = next((naam for soort, naam in _REDENEN if isinstance(fout, soort)), "sleutel")
        raise Afgewezen(reden) from None
    return claims


@cache
def _gemaakt(doel: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def van_dit_proces(doel: str) -> rsa.RSAPrivateKey:
    """The RSA key that this process made for itself for this purpose; in no file, gone at its end.

    One at a time: `cache` alone lets the first few each make and use a key of their own.
    """
    with _een_tegelijk:
        return _gemaakt(doel)


@lru_cache(maxsize=8)
def _uit_bestand(bestand: str) -> rsa.RSAPrivateKey:
    sleutel = load_pem_private_key(Path(bestand).read_bytes(), password=None)
    if not isinstance(sleutel, rsa.RSAPrivateKey) or sleutel.key_size < 2048:
        raise ValueError("geen RSA-sleutel van minstens 2048 bits")
    return sleutel


def eigen_sleutel(aanbieder: Aanbieder) -> rsa.RSAPrivateKey:
    """Our private key for this provider; for one in this process a key of this process.

    Raises OSError or ValueError when the file cannot be read or holds something else.
    """
    if aanbieder.transport and not aanbieder.sleutel_bestand:
        return van_dit_proces("assertie")
    return _uit_bestand(aanbieder.sleutel_bestand)


def als_jwk(sleutel: rsa.RSAPrivateKey) -> dict[str, str]:
    """The public half, named by the thumbprint of RFC 7638."""
    velden = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(sleutel.public_key()))
    kern = {naam: velden[naam] for naam in ("e", "kty", "n")}
    duim = sha256(json.dumps(kern, separators=(",", ":"), sort_keys=True).encode()).digest()
    return {**kern, "use": "sig", "kid": jwt.utils.base64url_encode(duim).decode()}


def openbare_sleutels(alle: list[Aanbieder]) -> list[dict[str, str]]:
    """Our public keys, the current and the next ones, so that a provider can follow a rotation."""
    gevonden = []
    for aanbieder in alle:
        if aanbieder.client_auth == "private_key_jwt":
            gevonden.append(eigen_sleutel(aanbieder))
        if aanbieder.volgend_sleutel_bestand:
            gevonden.append(_uit_bestand(aanbieder.volgend_sleutel_bestand))
    return list({jwk["kid"]: jwk for jwk in map(als_jwk, gevonden)}.values())


def assertie(aanbieder: Aanbieder, token_endpoint: str) -> str:
    """Make ourselves known by a signature: new for every call, for one receiver, 60 seconds."""
    nu = int(time.time())
    sleutel = eigen_sleutel(aanbieder)
    inhoud = {
        "iss": aanbieder.client_id,
        "sub": aanbieder.client_id,
        "aud": aanbieder.issuer if aanbieder.assertie_aud == "issuer" else token_endpoint,
        "jti": str(uuid.uuid4()),
        "iat": nu,
        "nbf": nu,
        "exp": nu + 60,
    }
    kop = {"kid": als_jwk(sleutel)["kid"]}
    return jwt.encode(inhoud, sleutel, algorithm=aanbieder.assertie_alg, headers=kop)
