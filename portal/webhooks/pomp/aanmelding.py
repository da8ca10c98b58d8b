"""How we log in at a receiver: a fixed header, OAuth2, a ZGW token; certificates are TLS's."""

import asyncio
import base64
import json
import time
from typing import Any
from urllib.parse import quote

import aiohttp
import jwt

from portal.webhooks.bestemming import BestemmingGeweigerd, eis_url, is_demo_ontvanger
from portal.webhooks.bezorging import ANTWOORD_BYTES, foutsoort
from portal.webhooks.geheimen import inlog_van
from portal.webhooks.pomp.uitgang import Uitgang

MARGE = 60.0
"""A token is not used in its last minute."""


class AanmeldingMislukt(Exception):
    """No token to be had; the text is one short word."""


class Aanmelding:
    """Tokens per sealed setting, kept until a minute before their end, fetched once for all."""

    def __init__(self, uitgang: Uitgang) -> None:
        self._uitgang = uitgang
        self._tokens: dict[str, tuple[str, float]] = {}
        self._sloten: dict[str, asyncio.Lock] = {}

    async def authorization(self, wijze: str, verzegeld: str, eigen_ca: str) -> str | None:
        """Return the value of the Authorization header; raises AanmeldingMislukt."""
        inlog = inlog_van(verzegeld)
        if wijze == "bearer":
            return inlog["kop"]
        if wijze == "zgw":
            return f"Bearer {zgw_token(inlog, int(time.time()))}"
        if wijze != "oauth2":
            return None
        async with self._sloten.setdefault(verzegeld, asyncio.Lock()):
            token, einde = self._tokens.get(verzegeld, ("", 0.0))
            if time.monotonic() > einde - MARGE:
                token, geldig = await self._haal(inlog, eigen_ca)
                self._tokens[verzegeld] = (token, time.monotonic() + geldig)
        return f"Bearer {token}"

    def vergeet(self, verzegeld: str) -> bool:
        """Drop the token after a 401; false when there was none."""
        return self._tokens.pop(verzegeld, None) is not None

    async def _haal(self, inlog: dict[str, str], eigen_ca: str) -> tuple[str, float]:
        url = inlog["token_url"]
        naam, geheim = (quote(inlog[deel], safe="") for deel in ("client_id", "client_secret"))
        basis = base64.b64encode(f"{naam}:{geheim}".encode()).decode()
        vraag = {"grant_type": "client_credentials"}
        if inlog.get("scope"):
            vraag["scope"] = inlog["scope"]
        try:
            eis_url(url)
            async with self._uitgang.sessie(demo=is_demo_ontvanger(url)).post(
                url,
                data=vraag,
                headers={"Authorization": f"Basic {basis}", "Accept": "application/json"},
                ssl=self._uitgang.tls(
                    eigen_ca, inlog.get("certificaat", ""), inlog.get("sleutel", "")
                ),
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=10, connect=5),
            ) as antwoord:
                return _lees_token(antwoord.status, await antwoord.content.read(ANTWOORD_BYTES))
        except BestemmingGeweigerd:
            raise AanmeldingMislukt("token-adres-geweigerd") from None
        except (aiohttp.ClientError, OSError, TimeoutError) as fout:
            raise AanmeldingMislukt(f"token-{foutsoort(fout)}") from None


def _lees_token(status: int, inhoud: bytes) -> tuple[str, float]:
    if status != 200:
        raise AanmeldingMislukt(f"token-{status}")
    try:
        gelezen: dict[str, Any] = json.loads(inhoud)
        token, geldig = str(gelezen["access_token"]), float(gelezen.get("expires_in", 300))
    except (ValueError, KeyError, TypeError):
        raise AanmeldingMislukt("token-onleesbaar") from None
    if not (token.isascii() and token.isprintable() and token):
        raise AanmeldingMislukt("token-onleesbaar")
    return token, min(max(geldig, MARGE + 1), 86_400)


def zgw_token(inlog: dict[str, str], nu: int) -> str:
    """Return the JWT of the ZGW standards: HS256 over client_id, with moment of issue `nu`."""
    claims = {
        "iss": inlog["client_id"],
        "client_id": inlog["client_id"],
        "iat": nu,
        "user_id": "klantportaal",
        "user_representation": "klantportaal",
    }
    return jwt.encode(claims, inlog["geheim"], algorithm="HS256")
