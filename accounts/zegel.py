"""Sleutelbos en verzegeld veld; elk pakket mag hiermee een waarde verzegelen.

A sealed value is `kid$base64(nonce + AES-256-GCM)`. The first key of the ring seals, every key of
the ring opens. Per purpose (`doel`) its own derived key: a value sealed for one purpose does not
open for another.
"""

import base64
import binascii
import hmac
import secrets
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull

from accounts.geheimen import SLEUTELLENGTE

_NONCE = 12


class OngeldigeSleutelbos(ValueError):
    """The setting with keys cannot be read; the message names no key material."""


class OngeldigeHandtekening(ValueError):
    """Not signed by us, or with a key that is not in the ring (any more)."""


class Onleesbaar(Exception):
    """Key gone, tampered with, or sealed for something else."""


@lru_cache(maxsize=8)
def sleutelbos(tekst: str) -> dict[str, bytes]:
    """Read `kid:base64,kid:base64` in order; raises OngeldigeSleutelbos."""
    bos: dict[str, bytes] = {}
    for deel in filter(None, (deel.strip() for deel in tekst.split(","))):
        kid, _, waarde = deel.partition(":")
        try:
            sleutel = base64.b64decode(waarde, validate=True)
        except binascii.Error as fout:
            raise OngeldigeSleutelbos("een sleutel is geen base64") from fout
        if not (kid.isascii() and kid.isalnum() and len(kid) <= 12):
            raise OngeldigeSleutelbos("een sleutelnaam is 1 tot 12 letters en cijfers")
        if len(sleutel) != SLEUTELLENGTE:
            raise OngeldigeSleutelbos(f"sleutel {kid} is niet {SLEUTELLENGTE} bytes lang")
        if kid in bos:
            raise OngeldigeSleutelbos(f"sleutel {kid} staat er twee keer")
        bos[kid] = sleutel
    if not bos:
        raise OngeldigeSleutelbos("er staat geen sleutel in")
    return bos


@lru_cache(maxsize=256)
def afgeleid(sleutel: bytes, doel: str) -> bytes:
    """Derive the key for one purpose (HKDF-SHA-256), cached per process."""
    return HKDF(SHA256(), SLEUTELLENGTE, salt=None, info=f"portaal:{doel}".encode()).derive(sleutel)


def _gegevenssleutels() -> dict[str, bytes]:
    return sleutelbos(settings.PORTAAL_GEGEVENSSLEUTELS)


def _aad(kid: str, doel: str, hoort_bij: str) -> bytes:
    return f"{kid}:{doel}:{hoort_bij}".encode()


def verzegel(waarde: str, doel: str, *, hoort_bij: str = "") -> str:
    """Seal a text for one purpose; with `hoort_bij` it opens only beside that same row key."""
    kid, sleutel = next(iter(_gegevenssleutels().items()))
    nonce = secrets.token_bytes(_NONCE)
    cijfer = AESGCM(afgeleid(sleutel, f"zegel:{doel}"))
    dicht = cijfer.encrypt(nonce, waarde.encode(), _aad(kid, doel, hoort_bij))
    return f"{kid}${base64.b64encode(nonce + dicht).decode()}"


def ontzegel(verzegeld: str, doel: str, *, hoort_bij: str = "") -> str:
    """Open what `verzegel` made for the same purpose; raises Onleesbaar, without the value."""
    kid, _, rest = verzegeld.partition("$")
    sleutel = _gegevenssleutels().get(kid)
    if sleutel is None:
        raise Onleesbaar(f"sleutel van {doel} ontbreekt")
    try:
        ruw = base64.b64decode(rest, validate=True)
        cijfer = AESGCM(afgeleid(sleutel, f"zegel:{doel}"))
        return cijfer.decrypt(ruw[:_NONCE], ruw[_NONCE:], _aad(kid, doel, hoort_bij)).decode()
    except (binascii.Error, InvalidTag, ValueError):
        raise Onleesbaar(f"waarde van {doel} is niet te openen") from None


def onderteken(tekst: str, doel: str) -> str:
    """Sign a text for one purpose, readable for who has no key: `kid:text:signature`, in hex.

    Hex on purpose: the mask of the log never takes a part of it for the number of a person.
    """
    kid, sleutel = next(iter(_gegevenssleutels().items()))
    deel = f"{kid}:{tekst.encode().hex()}"
    return f"{deel}:{_handtekening(sleutel, doel, deel)}"


def ondertekende_tekst(getekend: str, doel: str) -> str:
    """Return the text that `onderteken` signed for the same purpose; raises OngeldigeHandtekening.

    Which key signed stands in front: with an old key at the end of the ring its work stays valid.
    """
    deel, _, handtekening = getekend.rpartition(":")
    kid, _, inhoud = deel.partition(":")
    sleutel = _gegevenssleutels().get(kid)
    if sleutel is None:
        raise OngeldigeHandtekening("de sleutel ontbreekt in de bos")
    if not hmac.compare_digest(handtekening.encode(), _handtekening(sleutel, doel, deel).encode()):
        raise OngeldigeHandtekening("de handtekening klopt niet")
    return bytes.fromhex(inhoud).decode()


def _handtekening(sleutel: bytes, doel: str, deel: str) -> str:
    return hmac.new(afgeleid(sleutel, f"handtekening:{doel}"), deel.encode(), sha256).hexdigest()


def sleutel_van(verzegeld: str) -> str:
    """Return the id of the key a value was sealed with."""
    return verzegeld.partition("$")[0]


class VerzegeldVeld(models.TextField):  # type: ignore[type-arg]  # TextField[str, str] at run time
    """Open in Python, sealed in every row, query and dump; only `isnull` can be looked up."""

    def __init__(self, *args: object, doel: str = "", **kwargs: object) -> None:
        self.doel = doel
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        naam, pad, args, kwargs = super().deconstruct()
        return naam, pad, list(args), {**kwargs, "doel": self.doel}

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else verzegel(str(value), self.doel)

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return None if value is None else ontzegel(value, self.doel)

    def get_lookup(self, lookup_name: str) -> type[IsNull]:
        if lookup_name != "isnull":
            raise FieldError(f"Op een verzegeld veld kan niet worden gezocht ({lookup_name}).")
        return IsNull
