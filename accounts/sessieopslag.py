"""The sealed session store: a stolen table, backup or key holds no session that works.

Django's database store keeps readable base64 under the cookie's own value. Here the row's key is
the hash of the cookie and the data are sealed with that key as associated data, so a row can
neither be read nor swapped for another.
"""

import datetime as dt
import json
import logging
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DbStore

from accounts.models import Sessie
from accounts.zegel import Onleesbaar, ontzegel, verzegel

log = logging.getLogger("accounts.sessie")
_DOEL = "sessie"
NALOOP = dt.timedelta(minutes=15)
"""A row outlives its session, so that who comes back hears why and finds what they typed."""


def gehasht(sleutel: str | None) -> str:
    """Return the row key that belongs to a cookie value."""
    return sha256((sleutel or "").encode()).hexdigest()


class SessionStore(DbStore):
    """Database sessions whose rows are sealed and carry what is needed to end them."""

    @classmethod
    def get_model_class(cls) -> type[Sessie]:
        return Sessie

    def encode(self, session_dict: dict[str, Any]) -> str:
        return verzegel(json.dumps(session_dict), _DOEL, hoort_bij=gehasht(self.session_key))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open a row; an unreadable one is an empty session and one log line, not an error."""
        try:
            open_ = ontzegel(str(session_data), _DOEL, hoort_bij=gehasht(self.session_key))
        except Onleesbaar:
            log.warning("sessie.onleesbaar")
            return {}
        gegevens: dict[str, Any] = json.loads(open_)
        return gegevens

    def _get_session_from_db(self) -> Sessie | None:
        return self._gevonden(Sessie.objects.filter(**self._geldig()).first())

    async def _aget_session_from_db(self) -> Sessie | None:
        return self._gevonden(await Sessie.objects.filter(**self._geldig()).afirst())

    def _geldig(self) -> dict[str, Any]:
        return {
            "session_key": gehasht(self.session_key),
            "expire_date__gt": dt.datetime.now(dt.UTC),
        }

    def _gevonden(self, rij: Sessie | None) -> Sessie | None:
        if rij is None:
            self._session_key = None
        return rij

    def exists(self, session_key: str) -> bool:
        return super().exists(gehasht(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(gehasht(session_key))

    def delete(self, session_key: str | None = None) -> None:
        if sleutel := session_key or self.session_key:
            Sessie.objects.filter(pk=gehasht(sleutel)).delete()

    async def adelete(self, session_key: str | None = None) -> None:
        if sleutel := session_key or self.session_key:
            await Sessie.objects.filter(pk=gehasht(sleutel)).adelete()

    def create_model_instance(self, data: dict[str, Any]) -> Sessie:
        sleutel = self._get_or_create_session_key()  # type: ignore[attr-defined]  # not in the stubs
        return self._rij(data, sleutel)

    async def acreate_model_instance(self, data: dict[str, Any]) -> Sessie:
        sleutel = await self._aget_or_create_session_key()  # type: ignore[attr-defined]  # idem
        return self._rij(data, sleutel)

    def _rij(self, data: dict[str, Any], sleutel: str) -> Sessie:
        inlog = data.get("inlog") or {}
        begonnen = data.get("begonnen")
        return Sessie(
            session_key=gehasht(sleutel),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date() + NALOOP,
            account=data.get("_auth_user_id", ""),
            subject=inlog.get("subject", ""),
            aanbieder=inlog.get("aanbieder", ""),
            sid_index=inlog.get("sid_index", ""),
            sub_index=inlog.get("sub_index", ""),
            begonnen=dt.datetime.fromtimestamp(begonnen, dt.UTC) if begonnen else None,
        )
